import { seedsOf } from './studyConfig.ts';
import type { Attempt } from './attempt.ts';
import type { Trial } from './trial.ts';
import { plural } from '../util/plural.ts';

/**
 * What an unfinished attempt comes to when the program that ran it is gone: finished trials stay,
 * the seed that ran becomes a failed trial, the verdict is `cancelled`. `lastSeen` is an ISO time.
 */
export function interruptAttempt(attempt: Attempt, lastSeen: string): Attempt {
  const seeds = seedsOf(attempt.config);
  const running = seeds.find((seed) => attempt.trials.every((trial) => trial.seed !== seed));
  const text =
    `Interrupted: the program that trained it ended after ${attempt.trials.length} of ` +
    `${plural(seeds.length, 'seed')}.`;
  return {
    ...attempt,
    finishedAt: lastSeen,
    trials: running === undefined ? attempt.trials : [...attempt.trials, interruptedTrial(running)],
    verdict: { kind: 'cancelled', text, comparisons: [] },
  };
}

const interruptedTrial = (seed: number): Trial => ({
  outcome: 'failed',
  seed,
  failure: {
    kind: 'interrupted',
    message: 'The program that ran this trial ended before the trial did.',
    line: null,
    stderr: [],
  },
  curves: {},
  epochs: 0,
  seconds: { fit: 0, total: 0 },
});
