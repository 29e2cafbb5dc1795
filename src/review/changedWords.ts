import { diffWordsWithSpace } from 'diff';
import type { Row } from './mergedView.ts';

/** Characters of a line that have no counterpart; `start` to `end`, end exclusive. */
export interface ChangedWords {
  readonly kind: 'removed' | 'added';
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Lines that share less than this part of their letters are two lines, not one that changed. */
const LEAST_SHARED = 0.4;

/**
 * The words that differ between a removed line and the added line across from it, in the lines of
 * the merged document.
 */
export function changedWords(rows: readonly Row[]): readonly ChangedWords[] {
  return pairsIn(rows).flatMap(([removed, added]) => {
    const parts = diffWordsWithSpace(rows[removed]?.text ?? '', rows[added]?.text ?? '');
    const shared = lettersOf(parts.filter((part) => !part.added && !part.removed));
    const longest = Math.max(
      lettersOf(parts.filter((part) => !part.added)),
      lettersOf(parts.filter((part) => !part.removed)),
    );
    if (shared < LEAST_SHARED * longest) return [];
    return [
      ...placed(parts, { kind: 'removed', line: removed }),
      ...placed(parts, { kind: 'added', line: added }),
    ];
  });
}

/** Lines that stand for one another: the nth removed and the nth added of a hunk. */
function pairsIn(rows: readonly Row[]): readonly (readonly [number, number])[] {
  const hunks = new Map<number, { readonly removed: number[]; readonly added: number[] }>();
  rows.forEach(({ hunk, kind }, line) => {
    if (hunk === null || kind === 'context') return;
    const lines = hunks.get(hunk) ?? { removed: [], added: [] };
    lines[kind].push(line);
    hunks.set(hunk, lines);
  });
  return [...hunks.values()].flatMap(({ removed, added }) =>
    removed.slice(0, added.length).map((line, index) => [line, added[index] ?? line] as const),
  );
}

interface Part {
  readonly value: string;
  readonly added?: boolean;
  readonly removed?: boolean;
}

const lettersOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { value }) => sum + value.replace(/\s/g, '').length, 0);

function placed(
  parts: readonly Part[],
  { kind, line }: Pick<ChangedWords, 'kind' | 'line'>,
): readonly ChangedWords[] {
  const other = kind === 'added' ? 'removed' : 'added';
  let start = 0;
  return parts
    .filter((part) => !part[other])
    .flatMap((part) => {
      const end = start + part.value.length;
      const words = part[kind] ? [{ kind, line, start, end }] : [];
      start = end;
      return words;
    });
}
