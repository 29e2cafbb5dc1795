/** A step counter such as `12/34`; a quotient after `:` or `=` (`Accuracy: 90/100`) is none. */
const COUNTER = /(?<![:=]\s{0,4}|[\w./])(\d{1,12})\/(\d{1,12})(?=[\s\])|%,([]|$)/;
/** One that says that it is one: `Step: 12/34`, `batch 12 of 34`, `iter=12`. */
const NAMED =
  /(?<![\w-])(?:step|batch|iter(?:ation)?)s?['"]?\s{0,4}[:=#]?\s{0,4}[[(]?\s{0,4}(\d{1,12})(?:\s{0,4}(?:\/|of)\s{0,4}(\d{1,12}))?(?![\w.]|\s{0,4}\/)/i;

/** How far inside its epoch a line was written. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Offset of the step's number in the text. */
  readonly at: number;
}

/** The step counter of a text; `null` when it shows none. */
export function readProgress(text: string): Progress | null {
  const match = COUNTER.exec(text);
  return match ? { step: Number(match[1]), steps: Number(match[2]), at: match.index } : null;
}

/**
 * The step of a text that names it, with or without how many there are; `null` when it names none.
 */
export function readNamedStep(
  text: string,
): { readonly step: number; readonly steps: number | null; readonly at: number } | null {
  const match = NAMED.exec(text);
  if (!match?.[1]) return null;
  const at = match.index + match[0].search(/\d/);
  return { step: Number(match[1]), steps: match[2] === undefined ? null : Number(match[2]), at };
}
