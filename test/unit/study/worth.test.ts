import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { comparableConfig } from '../../../src/record/comparableConfig.ts';
import { studyConfigSchema, type FirstObjective } from '../../../src/record/studyConfig.ts';
import type { CompletedTrial, Curves } from '../../../src/record/trial.ts';
import { asKept, tailOf, valued, worthOf, worthText } from '../../../src/record/worth.ts';

type At = FirstObjective['at'];

const configAt = (at: At, epochs = 20) =>
  studyConfigSchema.parse({
    epochs,
    objective: { metric: 'val_loss', direction: 'minimize', ...(at && { at }) },
  });

/** It leaps in its last epoch. */
const LEAP = [0.9, 0.5, 0.4, 0.35, 0.3, 0.31, 0.29, 0.3, 0.3, 1.2];
const ACCURACY = [0.1, 0.5, 0.6, 0.7, 0.8, 0.8, 0.9, 0.8, 0.8, 0.2];

const trialOf = (curves: Curves): CompletedTrial => ({
  outcome: 'completed',
  seed: 1,
  curves,
  measures: {
    seconds: 1,
    ...Object.fromEntries(
      Object.entries(curves).map(([name, values]) => [name, values.at(-1) ?? 0]),
    ),
  },
  epochs: 10,
  seconds: { fit: 1, total: 1 },
});

const leaping = trialOf({ val_loss: LEAP, val_accuracy: ACCURACY });

const measuresAt = (at: At) => {
  const trial = valued(leaping, configAt(at));
  assert.ok(trial.outcome === 'completed');
  return trial.measures;
};

describe('what of a training counts', () => {
  test('is what the objective says, for every measure with a curve', () => {
    assert.deepEqual(measuresAt('last'), leaping.measures);
    assert.deepEqual(measuresAt(undefined), leaping.measures);
    assert.deepEqual(measuresAt('best'), { val_loss: 0.29, val_accuracy: 0.9, seconds: 1 });
    const { val_loss: loss = NaN, val_accuracy: accuracy = NaN } = measuresAt('tail');
    assert.ok(Math.abs(loss - 0.6) < 1e-12 && Math.abs(accuracy - 0.6) < 1e-12);
  });

  test('counted once: what is counted again stays, as does what was measured otherwise', () => {
    const config = configAt('tail');
    const once = valued(leaping, config);
    assert.deepEqual(valued(once, config), once);
    const restored = { ...leaping, measures: { val_loss: 0.29, val_accuracy: 0.9 } };
    assert.deepEqual(valued(restored, config), restored);
  });

  test('the weights are those of the last epoch, whatever counts', () => {
    const counted = valued(leaping, configAt('tail'));
    assert.ok(counted.outcome === 'completed');
    assert.deepEqual(asKept(counted).measures, leaping.measures);
  });

  test('a tail is a fifth, three epochs at the least, and no more than half', () => {
    assert.deepEqual([1, 2, 3, 5, 10, 20, 100].map(tailOf), [1, 1, 2, 3, 3, 4, 20]);
    const objective = { metric: 'val_loss', direction: 'minimize', at: 'tail' } as const;
    assert.equal(worthOf([1, null, null, null], objective), null);
    assert.equal(worthOf([], objective), null);
  });

  test('is said in one sentence', () => {
    assert.equal(
      worthText(configAt('tail')),
      'val_loss counts as the mean of the last 4 of 20 epochs.',
    );
    assert.equal(worthText(configAt(undefined)), 'val_loss counts as that of the last epoch.');
    assert.equal(
      worthText({ ...configAt('tail'), epochs: 2 }),
      'val_loss counts as that of the last epoch.',
    );
  });

  test('makes a study of its own; what earlier records say is what it was', () => {
    const hashes = new Set(
      [undefined, 'last', 'tail', 'best'].map((at) => comparableConfig(configAt(at as At))),
    );
    assert.equal(hashes.size, 3);
    assert.equal(comparableConfig(configAt('last')), comparableConfig(configAt(undefined)));
  });
});
