import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure, Trial } from '../../../src/core/attempts/attempt.ts';
import { judgeBaseline, judgeTrials } from '../../../src/core/judge/judgeTrials.ts';

const minimize = { metric: 'val_loss', direction: 'minimize' } as const;
const maximize = { metric: 'val_accuracy', direction: 'maximize' } as const;
const seconds = { fit: 1, total: 1 };

const completed = (...metrics: readonly number[]): readonly Trial[] =>
  metrics.map((metric, index) => ({ outcome: 'completed', seed: index + 1, metric, curves: {}, epochs: 1, seconds }));
const failed = (kind: Failure['kind']): Trial => ({
  outcome: 'failed', seed: 9, failure: { kind, message: `it was ${kind}`, line: 12, stderr: [] }, curves: {}, epochs: 0, seconds,
});
const parent = { id: 'p', trials: [...completed(1, 1.1, 0.9)] };

test('a clear fall of a minimised metric is better, a clear rise worse', () => {
  assert.equal(judgeTrials(completed(0.5, 0.61, 0.4), [parent], minimize).kind, 'better');
  assert.equal(judgeTrials(completed(1.5, 1.61, 1.4), [parent], minimize).kind, 'worse');
});

test('the direction of the objective decides what better means', () => {
  assert.equal(judgeTrials(completed(1.5, 1.61, 1.4), [parent], maximize).kind, 'better');
});

test('an interval that includes zero cannot tell, and says so', () => {
  const verdict = judgeTrials(completed(0.9, 1.2, 0.85), [parent], minimize);
  assert.equal(verdict.kind, 'inconclusive');
  assert.match(verdict.text, /^Cannot tell: val_loss .* includes zero/);
});

test('the same numbers are never better', () => {
  assert.equal(judgeTrials(completed(1, 1.1, 0.9), [parent], minimize).kind, 'inconclusive');
});

test('one seed cannot tell', () => {
  assert.match(judgeTrials(completed(0.1), [parent], minimize).text, /^Cannot tell: only 1 shared seed/);
});

for (const [failure, kind] of [['shape', 'invalid'], ['not-a-number', 'crashed'], ['died', 'crashed'], ['time', 'crashed'], ['cancelled', 'cancelled']] as const) {
  test(`a trial that ended as ${failure} makes the attempt ${kind}, with the line`, () => {
    const verdict = judgeTrials([...completed(0.1, 0.1), failed(failure)], [parent], minimize);
    assert.equal(verdict.kind, kind);
    assert.equal(verdict.text, `it was ${failure} (line 12)`);
  });
}

test('a cancelled trial outweighs another failure', () => {
  assert.equal(judgeTrials([failed('died'), failed('cancelled')], [parent], minimize).kind, 'cancelled');
});

test('a baseline is named with its metric over seeds', () => {
  assert.equal(judgeBaseline(completed(1, 2, 3), minimize).text, 'The baseline: val_loss 2 ± 1 over 3 seeds.');
});
