import { diffArrays, type ArrayChange } from 'diff';

/** One run of changed lines between two texts; positions are 0-based lines. */
export interface Hunk {
  /** Where `removed` starts in the old text, and `added` in the new one. */
  readonly oldStart: number;
  readonly newStart: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The hunks that lead from one text to another, in order; empty when they are equal. */
export function hunksBetween(
  oldLines: readonly string[],
  newLines: readonly string[],
): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let position = { oldStart: 0, newStart: 0 };
  let previous: Hunk | undefined;
  for (const part of diffArrays([...oldLines], [...newLines])) {
    const isChange = part.added || part.removed;
    if (previous && !isChange) hunks.push(previous);
    previous = isChange
      ? extend(previous ?? { ...position, removed: [], added: [] }, part)
      : undefined;
    position = after(position, part);
  }
  return previous ? [...hunks, previous] : hunks;
}

/** The old text with one hunk carried out. */
export const applyHunk = (oldLines: readonly string[], hunk: Hunk): readonly string[] => [
  ...oldLines.slice(0, hunk.oldStart),
  ...hunk.added,
  ...oldLines.slice(hunk.oldStart + hunk.removed.length),
];

/** The new text with one hunk taken back. */
export const revertHunk = (newLines: readonly string[], hunk: Hunk): readonly string[] => [
  ...newLines.slice(0, hunk.newStart),
  ...hunk.removed,
  ...newLines.slice(hunk.newStart + hunk.added.length),
];

/** `@@ -3,2 +3,4 @@`, as in a unified diff without context. */
export const hunkHeader = ({ oldStart, newStart, removed, added }: Hunk): string =>
  `@@ -${span(oldStart, removed.length)} +${span(newStart, added.length)} @@`;

/** What a header says to people, of the old text: `lines 2–4`, `after line 2` where none went. */
export function hunkPlace(header: string): string {
  const [, start, count] = /^@@ -(\d+),(\d+) /.exec(header) ?? [];
  if (start === undefined || count === undefined) return header;
  const last = Number(start) + Number(count) - 1;
  if (Number(count) === 0) return Number(start) === 0 ? 'at the top' : `after line ${start}`;
  return last > Number(start) ? `lines ${start}–${last}` : `line ${start}`;
}

const span = (start: number, count: number): string =>
  `${count === 0 ? start : start + 1},${count}`;

type Part = ArrayChange<string>;

const extend = (hunk: Hunk, { added, value }: Part): Hunk =>
  added
    ? { ...hunk, added: [...hunk.added, ...value] }
    : { ...hunk, removed: [...hunk.removed, ...value] };

const after = (
  { oldStart, newStart }: Pick<Hunk, 'oldStart' | 'newStart'>,
  { added, removed, count }: Part,
): Pick<Hunk, 'oldStart' | 'newStart'> => ({
  oldStart: added ? oldStart : oldStart + count,
  newStart: removed ? newStart : newStart + count,
});
