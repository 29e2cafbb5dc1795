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
  TRAINING.some((words) => words.test(text));

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
