import assert from 'node:assert/strict';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import type { Study } from '../../../src/study/study.ts';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import { builderText, NEVER, variantOf } from './harness.ts';

export interface Run {
  readonly study: Study;
  readonly text: string;
  readonly seeds?: readonly number[];
  readonly evaluateOn?: 'validation' | 'test';
  readonly onProgress?: (progress: TrainProgress) => void;
}

export const train = (
  trainer: WorkerTrainer,
  { study, text, seeds = [1], evaluateOn = 'validation', onProgress = () => undefined }: Run,
): Promise<TrainResult> =>
  trainer.train({
    study,
    variant: variantOf(study, text),
    seeds,
    evaluateOn,
    signal: NEVER,
    onProgress,
  });

export function completed({ trials }: TrainResult, index = 0): CompletedTrial {
  const trial = trials[index];
  if (trial?.outcome !== 'completed')
    assert.fail(`The trial did not complete: ${JSON.stringify(trial)}`);
  return trial;
}

export const last = (trial: CompletedTrial, key: string): number =>
  trial.curves[key]?.at(-1) ?? NaN;

/**
 * Everything random at once: initialisers, dropout, noise, shuffling, `Math.random` in the builder
 * and at the top of the file.
 */
export const RANDOM = builderText({
  before: 'const luck = Math.random();',
  layers:
    `tf.layers.dense({ units: 8, inputShape, activation: 'relu', kernelInitializer: 'heNormal' ` +
    '}), tf.layers.gaussianNoise({ stddev: 0.1 }), tf.layers.dropout({ rate: luck * 0.2 + ' +
    `Math.random() * 0.2 }), tf.layers.dense({ units: outputUnits, activation: 'softmax' })`,
});
