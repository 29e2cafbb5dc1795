/** A step counter such as `12/34`; a quotient after `:` or `=` (`Accuracy: 90/100`) is none. */
const COUNTER = /(?<![:=]\s{0,4}|[\w./])(\d{1,12})\/(\d{1,12})(?=[\s\])|%,([]|$)/;

/** How far inside its epoch a line was written. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
}

/** The step counter of a text; `null` when it shows none. */
export function readProgress(text: string): Progress | null {
  const match = COUNTER.exec(text);
  return match ? { step: Number(match[1]), steps: Number(match[2]) } : null;
}
