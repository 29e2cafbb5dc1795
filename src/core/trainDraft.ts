import type { AttemptDraft } from './attempts/beginAttempt.ts';
import { finishAttempt } from './attempts/finishAttempt.ts';
import type { Ports, TrainResult } from './ports.ts';

/** What is trained with which seeds; stopped by the signal. */
export interface DraftTraining {
  readonly seeds: readonly number[];
  readonly signal: AbortSignal;
}

/**
 * Trains an attempt under way, on the validation part, telling its progress. Where the trainer itself refuses (bad data, no
 * runtime, stopped before it began), the attempt is recorded as cancelled with the reason before the error goes on.
 */
export async function trainDraft(draft: AttemptDraft, { seeds, signal }: DraftTraining, ports: Ports): Promise<TrainResult> {
  const { study, text, attempt } = draft;
  try {
    return await ports.trainer.train({
      study,
      variant: { path: study.modelPath, text },
      seeds,
      evaluateOn: 'validation',
      signal,
      onProgress: (progress) => { ports.onEvent({ kind: 'progress', attemptId: attempt.id, progress }); },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await finishAttempt(draft, { verdict: { kind: 'cancelled', text: reason, comparisons: [] } }, ports);
    throw error;
  }
}
