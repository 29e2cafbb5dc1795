import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Attempt } from '../../../src/record/attempt.ts';
import { metricOf } from '../../../src/record/measures.ts';

const completed = (seed: number, metric: number): Attempt['trials'][number] => ({
  outcome: 'completed',
  seed,
  measures: { val_loss: metric },
  curves: {},
  epochs: 2,
  seconds: { fit: 1, total: 2 },
});

describe('The metric of an attempt', () => {
  test('has no deviation below two completed trials and is absent without one', () => {
    const failed: Attempt['trials'][number] = {
      outcome: 'failed',
      seed: 3,
      curves: {},
      epochs: 0,
      seconds: { fit: 0, total: 0 },
      failure: { kind: 'died', message: 'gone', line: null, stderr: [] },
    };
    assert.deepEqual(metricOf([completed(1, 0.5), failed], 'val_loss'), {
      mean: 0.5,
      sd: null,
      values: [0.5],
    });
    assert.equal(metricOf([failed], 'val_loss'), null);
    const both = metricOf([completed(1, 1), completed(2, 3)], 'val_loss');
    assert.deepEqual(both, { mean: 2, sd: Math.SQRT2, values: [1, 3] });
  });
});
