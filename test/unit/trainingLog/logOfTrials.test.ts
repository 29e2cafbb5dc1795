import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trial } from '../../../src/record/trial.ts';
import { logOfTrials } from '../../../src/log/logOfTrials.ts';

const seconds = { fit: 1, total: 2 };
const completed = (seed: number, curves: Record<string, (number | null)[]>): Trial => ({
  outcome: 'completed',
  seed,
  measures: { val_loss: 1 },
  curves,
  epochs: 2,
  seconds,
});
const failed: Trial = {
  outcome: 'failed',
  seed: 3,
  failure: { kind: 'time', message: '', line: null, stderr: [] },
  curves: { loss: [9] },
  epochs: 1,
  seconds,
};

test('the mean over the completed trials, under the names of logs', () => {
  const log = logOfTrials(
    [
      completed(1, { loss: [1, 2], val_acc: [0.5, 0.7] }),
      failed,
      completed(2, { loss: [3, 6], val_acc: [0.7, null] }),
    ],
    'baseline training',
  );
  assert.deepEqual(log && [log.source, log.epochs, log.series, log.lines], [
    'baseline training',
    [1, 2],
    { loss: [2, 4], val_accuracy: [0.6, null] },
    [],
  ]);
});

test('as long as the shortest', () => {
  assert.deepEqual(
    logOfTrials([completed(1, { loss: [1, 2, 3] }), completed(2, { loss: [1, 2] })], '')?.series,
    { loss: [1, 2] },
  );
});

test('nothing without a completed trial', () =>
  assert.deepEqual(
    { ofFailed: logOfTrials([failed], ''), ofNone: logOfTrials([], '') },
    { ofFailed: null, ofNone: null },
  ));
