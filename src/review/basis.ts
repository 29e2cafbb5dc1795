import { hunksBetween } from './hunks.ts';
import { splitLines } from './textLines.ts';

/** The attempt a proposal was made from, where that is not the user's file as it is. */
export interface Basis {
  readonly number: number;
  /** No attempt of the study measures better. */
  readonly isBest: boolean;
  /** The attempt that stands for the user's file. */
  readonly baselineId: string;
}

/** `on top of #3 (best so far)`. */
export const basisText = ({ number, isBest }: Basis): string =>
  `on top of #${number}${isBest ? ' (best so far)' : ''}`;

/** The lines that an attempt brought along: those of its text that stand nowhere in the file. */
export function inheritedLines(fileText: string, text: string): ReadonlySet<string> {
  const own = splitLines(fileText);
  const brought = hunksBetween(own, splitLines(text)).flatMap(({ added }) => added);
  return new Set(brought.filter((line) => line.trim() !== '' && !own.includes(line)));
}
