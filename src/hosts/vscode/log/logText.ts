/**
 * Words that logs of trainings have and others seldom: a cheap look that decides whether the engine
 * is worth loading.
 */
const TRAINING =
  /\bepochs?\b|\b(?:val|train|eval|valid)(?:id|ation|ing)?[ _/-]?(?:loss|acc)|\bloss['"]?\s*[:=]\s*-?[\d.]|^\s*\[\d+\]\s+[\w' .-]{2,60}[:=]\s*\d+\.\d|^\d+:\tlearn:|\biteration \d+, loss\b|\bIter\s+Train Loss\b/im;

/** The text may be of a training log. */
export const looksLikeTraining = (text: string): boolean => TRAINING.test(text);

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
