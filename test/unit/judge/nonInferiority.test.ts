import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isEquivalent, nonInferiority } from '../../../src/judge/nonInferiority.ts';

const accuracy = { metric: 'val_accuracy', direction: 'maximize' as const };
const terms = { objective: accuracy, margin: 0.01, confidence: 0.95 };
const estimate = (mean: number, deviation: number | null, count = 6) => ({
  seeds: Array.from({ length: count }, (_, index) => index + 1),
  mean,
  deviation,
  degreesOfFreedom: count - 1,
});

describe('not worse by more than a margin', () => {
  test('the one-sided interval of the paired difference decides', () => {
    // t(0.95, 5) = 2.015: half a width of 2.015 · 0.006 / √6 = 0.00494.
    const held = nonInferiority(estimate(-0.004, 0.006), terms);
    assert.equal(held.kind, 'not-worse');
    assert.ok(Math.abs((held.gain?.least ?? 0) + 0.00894) < 1e-4);
    assert.equal(nonInferiority(estimate(-0.006, 0.006), terms).kind, 'cannot-tell');
    assert.equal(nonInferiority(estimate(-0.016, 0.006), terms).kind, 'worse');
  });

  test('what is lost has the sign of the direction', () => {
    const loss = { ...terms, objective: { metric: 'val_loss', direction: 'minimize' as const } };
    assert.equal(nonInferiority(estimate(0.03, 0.006), loss).kind, 'worse');
    assert.equal(nonInferiority(estimate(-0.03, 0.006), loss).kind, 'not-worse');
  });

  test('one seed cannot tell, and it says so in words', () => {
    const single = nonInferiority(estimate(0.5, null, 1), terms);
    assert.deepEqual([single.kind, single.gain], ['cannot-tell', null]);
    assert.match(
      nonInferiority(estimate(-0.004, 0.006), terms).text,
      /^Not worse by more than 0\.01 of val_accuracy at 95 %: gain −0\.0089\d* to \+0\.0009\d*\.$/,
    );
  });

  test('equivalence asks for both sides', () => {
    const much = nonInferiority(estimate(0.02, 0.006), terms);
    assert.deepEqual([much.kind, isEquivalent(much, 0.01)], ['not-worse', false]);
    assert.ok(isEquivalent(nonInferiority(estimate(0.001, 0.006), terms), 0.01));
  });
});
