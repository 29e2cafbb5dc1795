import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Trial } from '../../../src/record/trial.ts';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import { builderText, NEVER, projectStudy, variantOf } from './harness.ts';

/** Changes of a study that make it train longer than any test. */
export const SLOW = { epochs: 100_000, batchSize: 8 };

/** What a test trains; the rest is a small builder on `test/projects/blobs`. */
interface Run {
  readonly text?: string;
  readonly config?: object;
  readonly seeds?: readonly number[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
}

/** Trains on `test/projects/blobs`. */
export function trainWith(
  by: WorkerTrainer,
  {
    text = builderText(),
    config = {},
    seeds = [1],
    signal = NEVER,
    onProgress = () => undefined,
  }: Run,
): Promise<TrainResult> {
  const study = projectStudy('blobs', config);
  return by.train({
    study,
    variant: variantOf(study, text),
    seeds,
    evaluateOn: 'validation',
    signal,
    onProgress,
  });
}

/** The trial, which has to have failed. */
export function failed(trial: Trial | undefined): Extract<Trial, { outcome: 'failed' }> {
  if (trial?.outcome !== 'failed') assert.fail(`The trial did not fail: ${JSON.stringify(trial)}`);
  return trial;
}

/** Workers of this process, by pid. */
export const children = (): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('worker.cjs'))
    .map((line) => Number.parseInt(line, 10));
