import type { Configuration, Dimension, Value } from '../space/dimension.ts';

/** A literal of the model file that is searched because somebody said so. */
export interface Mark {
  readonly dimension: Dimension;
  /** 1-based. */
  readonly line: number;
  /** Half-open range of UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** What is tried early, besides what stands there; `null` for nothing. */
  readonly first: Value | null;
}

/** The text with what a configuration says of its marks; what it does not name stays. */
export function writeMarks(text: string, marks: readonly Mark[], values: Configuration): string {
  let written = text;
  for (const { dimension, start, end } of marks.toSorted((a, b) => b.start - a.start)) {
    const value = values[dimension.name];
    if (value === undefined || value === dimension.initial) continue;
    written = written.slice(0, start) + String(value) + written.slice(end);
  }
  return written;
}
