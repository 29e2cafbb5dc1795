import type { TrainingLog } from './trainingLog.ts';

/**
 * A sentence about a log in the words of its own counter: steps where it counts steps, and *logged*
 * epochs where not every one of them is in it.
 */
export function inCounterWords(text: string, { counter, epochs }: TrainingLog): string {
  const noun = counter ?? 'epoch';
  const logged = noun === 'epoch' && !isSparse(epochs) ? '' : 'logged ';
  return text
    .replaceAll(/(\d) epoch(s?)\b/g, `$1 ${logged}epoch$2`)
    .replaceAll(/\bepoch(s?)\b/g, `${noun}$1`);
}

/** Most of its epochs are not logged. */
const isSparse = (epochs: readonly number[]): boolean =>
  epochs.length > 1 && (epochs.at(-1) ?? 0) - (epochs[0] ?? 0) >= 2 * (epochs.length - 1);
