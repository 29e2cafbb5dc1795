import { hunksBetween } from './hunks.ts';
import { splitLines } from './textLines.ts';

/** Replaces the lines `[startLine, endLine)` of a text (0-based) by `lines`. */
export interface LineEdit {
  readonly startLine: number;
  readonly endLine: number;
  readonly lines: readonly string[];
}

/** The smallest edits that turn one text into another, so that cursors and folds elsewhere stay. */
export const lineEdits = (from: string, to: string): readonly LineEdit[] =>
  hunksBetween(splitLines(from), splitLines(to)).map(({ oldStart, removed, added }) => ({
    startLine: oldStart,
    endLine: oldStart + removed.length,
    lines: added,
  }));
