import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '../../../src/log/compareRuns.ts';
import { metricDirection } from '../../../src/log/metricDirection.ts';

test('a metric says by its name which way is better, or nobody guesses', () => {
  const directions = [
    'loss',
    'val_loss',
    'val_box_loss',
    'rmse',
    'val_accuracy',
    'auc',
    'metrics/mAP50',
    'grad_norm',
    'lr',
    'score',
    'validation_0-logloss',
  ].map(metricDirection);
  assert.deepEqual(directions, [
    'minimize',
    'minimize',
    'minimize',
    'minimize',
    'maximize',
    'maximize',
    'maximize',
    null,
    null,
    null,
    'minimize',
  ]);
});

test('two runs are compared by their best epochs, in the series both have', () => {
  const rows = compareRuns(
    { loss: [3, 1, 2], val_accuracy: [0.5, 0.7], grad_norm: [1, 2], own: [1] },
    { loss: [2, 2, 2], val_accuracy: [0.9, NaN], grad_norm: [4, 3] },
  );
  assert.deepEqual(
    rows.map(({ series, value, other, standing }) => [series, value, other, standing]),
    [
      ['loss', 1, 2, 'better'],
      ['val_accuracy', 0.7, 0.9, 'worse'],
      ['grad_norm', 2, 3, 'unknown'],
    ],
  );
});
