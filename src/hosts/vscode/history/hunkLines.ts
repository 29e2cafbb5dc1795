import { type HunkEffect } from '../../../loop/ablation/hunkEffects.ts';
import { hunkPlace } from '../../../review/hunks.ts';
import type { ReviewRecord } from '../../../record/proposalRecord.ts';

/**
 * Where each hunk stands, what the reviewer did with it, and what it brought, as far as that was
 * ablated.
 */
export function hunkLines(
  reviewed: ReviewRecord['hunks'],
  effects: readonly HunkEffect[],
): readonly string[] {
  const lines = reviewed.map(({ header, decision }) =>
    [
      `${hunkPlace(header)}: ${decision}`,
      ...effects
        .filter((effect) => placeIn(effect.header) === placeIn(header))
        .map(({ text }) => text),
    ].join('. '),
  );
  const known = new Set(reviewed.map(({ header }) => placeIn(header)));
  return [
    ...lines,
    ...effects
      .filter(({ header }) => !known.has(placeIn(header)))
      .map(({ header, text }) => `${hunkPlace(header)}: ${text}`),
  ];
}

/** Where in the old text: the place in the new one moves with the hunks that were rejected. */
const placeIn = (header: string): string => /-\d+(?:,\d+)?/.exec(header)?.[0] ?? header;
