import type { TrainResult } from '../ports/trainer.ts';

/** Where the wall time of a `train` request went, in seconds; `share` is `beside / wallSeconds`. */
interface Overhead {
  readonly wallSeconds: number;
  readonly fitSeconds: number;
  readonly beside: number;
  readonly share: number;
}

/**
 * What a request cost beside the training itself (inside `fit`, validation included): start-up,
 * data, building, messages.
 */
export function overheadOf({ trials }: Pick<TrainResult, 'trials'>, wallSeconds: number): Overhead {
  const fitSeconds = trials.reduce((sum, trial) => sum + trial.seconds.fit, 0);
  const beside = wallSeconds - fitSeconds;
  return { wallSeconds, fitSeconds, beside, share: beside / wallSeconds };
}
