import type { ReviewRecord } from '../record/proposalRecord.ts';
import { hunkHeader, hunksBetween, type Hunk } from './hunks.ts';

/**
 * What became of each offered hunk, read off the three texts: it stands in the result as offered
 * (accepted), its place is as it was (rejected), or something else stands there (edited). Changes
 * the user made elsewhere are listed as edited too.
 */
export function reviewRecord(
  base: readonly string[],
  offered: readonly string[],
  result: readonly string[],
): ReviewRecord['hunks'] {
  const asked = hunksBetween(base, offered);
  const done = hunksBetween(base, result);
  const own = done.filter((hunk) => !asked.some((other) => touches(hunk, other)));
  return [
    ...asked.map((hunk) => ({ header: hunkHeader(hunk), decision: decisionOn(hunk, done) })),
    ...own.map((hunk) => ({ header: hunkHeader(hunk), decision: 'edited' as const })),
  ];
}

function decisionOn(hunk: Hunk, done: readonly Hunk[]): 'accepted' | 'rejected' | 'edited' {
  if (done.some((other) => isSame(hunk, other))) return 'accepted';
  return done.some((other) => touches(hunk, other)) ? 'edited' : 'rejected';
}

const isSame = (a: Hunk, b: Hunk): boolean =>
  a.oldStart === b.oldStart &&
  a.removed.length === b.removed.length &&
  a.added.join('\n') === b.added.join('\n');

const touches = (a: Hunk, b: Hunk): boolean =>
  a.oldStart <= b.oldStart + b.removed.length && b.oldStart <= a.oldStart + a.removed.length;
