/**
 * Words that logs of trainings have and others seldom, two of them with a decimal number near: a
 * cheap look that decides whether the engine is worth loading, and no list of formats.
 */
const TRAINING = [
  /\bepochs?\b|损失|損失/i,
  /(?:loss(?:es)?|(?:\b|_)(?:acc(?:uracy)?|prec(?:ision)?|recall|perplexity|ppl|r?mse|mae|auc|wer))\b[\s\S]{0,100}?\d\.\d/i,
  /(?:\b|_)(?:reward|return|fitness|nll|bpb|iou|psnr|scores?|cost)(?:\b|_)[\s\S]{0,80}?\d\.\d/i,
  /\b(?:step|iter(?:ation)?|tick|total_timesteps|generation)s?\b[\s\S]{0,80}?\d\.\d{2}/i,
  /^\s*\[\d+\]\s+[\w' .-]{2,60}[:=]\s*\d+\.\d|^\d+:\tlearn:/im,
];

/** The text may be of a training log. */
export const looksLikeTraining = (text: string): boolean =>
  TRAINING.some((words) => words.test(text)) || countsOn(text);

/** So many lines of one shape, in each of which the same number rises, may be reports. */
const LEAST_REPORTS = 4;
/** Times, dates and addresses, which rise in any log. */
const STAMPS = /\d+(?:[-/.:]\d+){2,}(?:[.,]\d+)?|\d+:\d+|0x[\da-f]+/gi;
const NUMBERS = /(?<![\w.])\d+(?:\.\d+)?/g;

/** Whole numbers that rise from line to line of one shape, beside named ones with a point. */
interface Reports {
  count: number;
  /** What may count: the numbers of the last line, `NaN` where one did not rise. */
  rising: readonly number[];
}

/** Lines of one shape count on and tell numbers with a point behind a name: words say nothing. */
function countsOn(text: string): boolean {
  const shapes = new Map<string, Reports>();
  for (const line of text.split('\n')) {
    const plain = line.slice(0, LONGEST_LINE).replace(STAMPS, '');
    if (!/[a-z_]\w*["')\]]?\s{0,9}[:=|]?\s{0,9}-?\d+\.\d/i.test(plain)) continue;
    const numbers = [...plain.matchAll(NUMBERS)].map(([number]) => number);
    const shape = plain.replace(NUMBERS, '0');
    const { count, rising } = next(shapes.get(shape), numbers);
    shapes.set(shape, { count, rising });
    if (count >= LEAST_REPORTS && rising.some((value) => !Number.isNaN(value))) return true;
  }
  return false;
}

/** A longer line is no report. */
const LONGEST_LINE = 400;

function next(before: Reports | undefined, numbers: readonly string[]): Reports {
  const rising = numbers.map((number, i) => {
    const value = number.includes('.') ? NaN : Number(number);
    return before === undefined || value > (before.rising[i] ?? NaN) ? value : NaN;
  });
  return { count: (before?.count ?? 0) + 1, rising };
}

/** The epoch that a training is in, as its log counts. */
export interface EpochInProgress {
  readonly epoch: number;
  readonly of: number;
}

const COUNTED = /\bepoch\s*[:=#]?\s*[[(]?\s*(\d{1,7})\s*(?:\/|of)\s*(\d{1,7})\b/gi;

/** The last `epoch 7/50` of a text; `null` where the log does not say how many there will be. */
export function epochInProgress(text: string): EpochInProgress | null {
  const last = [...text.matchAll(COUNTED)].at(-1);
  return last ? { epoch: Number(last[1]), of: Number(last[2]) } : null;
}
