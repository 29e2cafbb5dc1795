import type { Trial } from './attempts/attempt.ts';
import type { AttemptDraft } from './attempts/beginAttempt.ts';
import { finishAttempt } from './attempts/finishAttempt.ts';
import type { Ports, TrainResult } from './ports.ts';

/** What is trained with which seeds; stopped by the signal. */
export interface DraftTraining {
  readonly seeds: readonly number[];
  readonly signal: AbortSignal;
  /** Another text than the attempt's own: what it is compared with. */
  readonly otherText?: string;
  /** `test` opens the sealed part. */
  readonly evaluateOn?: 'validation' | 'test';
}

/**
 * Trains an attempt under way, on the validation part, telling its progress. Where the trainer itself refuses (bad data, no
 * runtime, stopped before it began), the attempt is recorded as cancelled with the reason before the error goes on.
 */
export async function trainDraft(draft: AttemptDraft, { seeds, signal, otherText, evaluateOn = 'validation' }: DraftTraining, ports: Ports): Promise<TrainResult> {
  const { study, text, attempt } = draft;
  const keeper = keepTrials(draft, ports);
  try {
    return await ports.trainer.train({
      study,
      variant: { path: study.modelPath, text: otherText ?? text },
      seeds,
      evaluateOn,
      signal,
      onProgress: (progress) => { ports.onEvent({ kind: 'progress', attemptId: attempt.id, progress }); },
      onTrial: keeper.onTrial,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await finishAttempt(draft, { verdict: { kind: 'cancelled', text: reason, comparisons: [] } }, ports);
    throw error;
  } finally {
    await keeper.settled();
  }
}

/** Adds each finished trial to the draft, one after the other, so that an interruption keeps it. */
function keepTrials({ study, attempt, text }: AttemptDraft, { store }: Ports): { onTrial: (trial: Trial) => void; settled: () => Promise<void> } {
  const trials: Trial[] = [];
  let saved = Promise.resolve();
  const onTrial = (trial: Trial): void => {
    trials.push(trial);
    const kept = { ...attempt, trials: [...trials] };
    // Should this fail (a full disk), the attempt's own commit fails the same way and is reported there.
    saved = saved.then(() => store.saveDraft(study, kept, text)).catch(() => undefined);
  };
  return { onTrial, settled: () => saved };
}
