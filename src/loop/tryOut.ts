import type { Trial } from '../record/trial.ts';
import { CortexError } from '../util/errors.ts';
import type { Ports } from './ports.ts';
import type { TrainRequest, TrainResult } from '../ports/trainer.ts';
import type { Study } from '../study/study.ts';
import { seedsOf } from '../record/studyConfig.ts';
import { readTrainable } from './trainBaseline.ts';

/**
 * Trains the model file as it is without recording anything; rejects with the first failure of a
 * trial.
 */
export async function tryOut(
  study: Study,
  signal: AbortSignal,
  ports: Ports,
): Promise<TrainResult> {
  const { path, text } = await readTrainable(study, ports);
  const result = await ports.trainer.train({
    ...request(study, { path, text }, signal, ports),
    evaluateOn: 'validation',
  });
  assertCompleted(result.trials);
  return result;
}

const request = (
  study: Study,
  variant: TrainRequest['variant'],
  signal: AbortSignal,
  ports: Ports,
): Omit<TrainRequest, 'evaluateOn'> => ({
  study,
  variant,
  seeds: seedsOf(study.config),
  signal,
  onProgress: (progress) => {
    ports.onEvent({ kind: 'progress', attemptId: '', progress });
  },
});

function assertCompleted(trials: readonly Trial[]): void {
  const failed = trials.find((trial) => trial.outcome === 'failed');
  if (!failed) return;
  const { message, kind } = failed.failure;
  throw new CortexError({
    code: `trial-${kind}`,
    kind: kind === 'cancelled' ? 'cancelled' : 'training',
    happened: `Training with seed ${failed.seed} failed: ${message}`,
    expected: 'every seed to train to its last epoch.',
    remedy: 'Mend the builder or raise the limits in cortex.json.',
  });
}
