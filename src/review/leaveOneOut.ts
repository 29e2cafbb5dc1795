import { hunkHeader, hunksBetween, revertHunk, type Hunk } from './hunks.ts';
import { splitLines, writeLike } from './textLines.ts';

/** A change without one of its hunks. */
export interface LeftOut {
  readonly hunk: Hunk;
  readonly header: string;
  /** The changed text with that hunk taken back, in its own form. */
  readonly text: string;
}

/**
 * The change from `base` to `changed` without each of its hunks in turn, in the order of the text.
 */
export function leaveOneOut(base: string, changed: string): readonly LeftOut[] {
  const lines = splitLines(changed);
  return hunksBetween(splitLines(base), lines).map((hunk) => ({
    hunk,
    header: hunkHeader(hunk),
    text: writeLike(changed, revertHunk(lines, hunk)),
  }));
}
