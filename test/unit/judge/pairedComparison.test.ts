import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparison } from '../../../src/record/verdict.ts';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import { comparisonAt, estimatePaired } from '../../../src/judge/pairedComparison.ts';

const trial = (seed: number, metric: number): CompletedTrial => ({
  outcome: 'completed',
  seed,
  measures: { val_loss: metric },
  curves: {},
  epochs: 1,
  seconds: { fit: 1, total: 1 },
});

const comparePaired = (
  variant: readonly CompletedTrial[],
  reference: readonly CompletedTrial[],
  against: string,
): Comparison =>
  comparisonAt(
    estimatePaired(variant, reference, { metric: 'val_loss', noise: null }),
    against,
    0.95,
  );

test('the interval is Student’s for paired differences', () => {
  // Differences −1, −2, −3: mean −2, sd 1, t(0.975; 2) = 4.302652…, half width 4.302652/√3 =
  // 2.484138.
  const comparison = comparePaired(
    [trial(1, 9), trial(2, 8), trial(3, 7)],
    [trial(1, 10), trial(2, 10), trial(3, 10)],
    'parent',
  );
  assert.equal(comparison.meanDifference, -2);
  assert.ok(comparison.interval);
  assert.ok(Math.abs(comparison.interval[0] - (-2 - 2.484138)) < 1e-5);
  assert.ok(Math.abs(comparison.interval[1] - (-2 + 2.484138)) < 1e-5);
});

test('only shared seeds are compared, whatever their order', () => {
  const comparison = comparePaired(
    [trial(3, 1), trial(1, 5)],
    [trial(1, 4), trial(2, 100), trial(3, 0)],
    'parent',
  );
  assert.deepEqual(comparison.seeds, [3, 1]);
  assert.equal(comparison.meanDifference, 1);
  assert.deepEqual(comparison.interval, [1, 1]);
});

test('one shared seed says nothing about noise', () => {
  assert.equal(comparePaired([trial(1, 5)], [trial(1, 4)], 'parent').interval, null);
});

test('the variance is moderated by the noise of the study', () => {
  // Own variance of the differences 1 (2 df), expected 2 · 0.5² = 0.5 (4 df): (4 · 0.5 + 2 · 1) / 6
  // = 2/3.
  const estimate = estimatePaired(
    [trial(1, 9), trial(2, 8), trial(3, 7)],
    [trial(1, 10), trial(2, 10), trial(3, 10)],
    { metric: 'val_loss', noise: { sd: 0.5, degreesOfFreedom: 4 } },
  );
  assert.equal(estimate.degreesOfFreedom, 6);
  assert.ok(estimate.deviation !== null && Math.abs(estimate.deviation ** 2 - 2 / 3) < 1e-12);
});
