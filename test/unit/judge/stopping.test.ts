import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import { curveBounds } from '../../../src/judge/curveBounds.ts';
import { describeStop, hasFallenBehind, type CurveBound } from '../../../src/judge/fallenBehind.ts';
import { judgeFailure } from '../../../src/judge/judgeFailure.ts';

const EPOCHS = 20;
const objective = { metric: 'val_loss', direction: 'minimize' } as const;
/** Learning at a pace: 1 is the parent's. */
const falling = (pace: number, end = 0.2): readonly number[] =>
  Array.from({ length: EPOCHS }, (_, epoch) => end + Math.exp((-pace * (epoch + 1)) / 4));
const trial = (seed: number, shift: number): CompletedTrial => {
  const curve = falling(1).map((value) => value + shift);
  return {
    outcome: 'completed',
    seed,
    measures: { val_loss: curve.at(-1) ?? 0 },
    curves: { val_loss: curve },
    epochs: EPOCHS,
    seconds: { fit: 1, total: 1 },
  };
};
const trials = [trial(1, -0.01), trial(2, 0.01), trial(3, 0)];
const noise = { sd: 0.01, degreesOfFreedom: 8 };
const boundOf = (seed: number): CurveBound => {
  const [bound] = curveBounds([seed], 0, { objective, trials, noise });
  assert.ok(bound);
  return bound;
};
const stoppedAt = (bound: CurveBound, curve: readonly number[]): number | null =>
  Array.from({ length: EPOCHS }, (_, epoch) => epoch + 1).find((epoch) =>
    hasFallenBehind(bound, curve.slice(0, epoch)),
  ) ?? null;

test('what stays behind its parent is stopped early, and it is said where', () => {
  const stuck = falling(0, 0.2);
  const at = stoppedAt(boundOf(1), stuck);
  assert.equal(at, 4);
  const message = describeStop(boundOf(1), stuck.slice(0, at));
  assert.match(
    message,
    /^Stopped at epoch 4 of 20: val_loss 1\.2, \+0\.6421 against its parent there \(99\.8 % interval \+0\.56\d* to \+0\.71\d*\), and too slow to catch up\.$/,
  );
  const verdict = judgeFailure({ kind: 'stopped', message, line: null, stderr: [] });
  assert.deepEqual(
    { kind: verdict.kind, text: verdict.text.slice(0, 33) },
    { kind: 'worse', text: 'Worse: stopped at epoch 4 of 20: ' },
  );
});

test('what learns slower but catches up goes on to its end', () => {
  for (const slower of [0.8, 0.6, 0.5])
    assert.equal(stoppedAt(boundOf(1), falling(slower, 0.15)), null, `pace ${slower}`);
});

test('a single epoch that leaps stops nothing, wherever it falls; two in a row do', () => {
  const better = falling(1.2, 0.15);
  for (const at of better.keys()) {
    const leaps = (...epochs: number[]): readonly number[] =>
      better.map((value, epoch) => (epochs.includes(epoch) ? 2 : value));
    assert.equal(stoppedAt(boundOf(1), leaps(at)), null, `epoch ${at + 1}`);
  }
  assert.equal(
    stoppedAt(
      boundOf(1),
      better.map((value, epoch) => (epoch > 3 ? 2 : value)),
    ),
    6,
  );
});

test('what is better, level, or behind by no more than the noise goes on', () => {
  for (const shift of [-0.2, 0, 0.03])
    assert.equal(
      stoppedAt(
        boundOf(2),
        falling(1).map((value) => value + shift),
      ),
      null,
    );
});

test('a new seed is held against the mean of the parent’s runs, a known one against its twin', () => {
  assert.ok(Math.abs((boundOf(9).expected[0] ?? 0) - (falling(1)[0] ?? 0)) < 1e-9);
  assert.ok((boundOf(1).expected[0] ?? 0) < (boundOf(2).expected[0] ?? 0));
});

test('later seeds have less of the error left: their margins are wider', () => {
  const [first, second] = curveBounds([1, 2], 0, { objective, trials, noise });
  assert.ok((second?.margin[0] ?? 0) > (first?.margin[0] ?? Infinity));
  assert.deepEqual(curveBounds([2], 1, { objective, trials, noise })[0], second);
});

test('nothing is stopped while the noise is unknown or the parent has no such curve', () => {
  assert.deepEqual(curveBounds([1], 0, { objective, trials, noise: null }), []);
  assert.deepEqual(
    curveBounds([1], 0, { objective: { ...objective, metric: 'val_accuracy' }, trials, noise }),
    [],
  );
});

test('where more is better, behind means below', () => {
  const rising = trials.map((own) => ({
    ...own,
    curves: { val_accuracy: (own.curves['val_loss'] ?? []).map((value) => -(value ?? 0)) },
  }));
  const [bound] = curveBounds([1], 0, {
    objective: { metric: 'val_accuracy', direction: 'maximize' },
    trials: rising,
    noise,
  });
  assert.ok(bound);
  assert.equal(
    stoppedAt(
      bound,
      falling(0, 0.2).map((value) => -value),
    ),
    4,
  );
  assert.equal(
    stoppedAt(
      bound,
      falling(0, -1).map((value) => -value),
    ),
    null,
  );
});
