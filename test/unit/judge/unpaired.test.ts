import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimatePaired } from '../../../src/judge/pairedComparison.ts';
import { estimateUnpaired } from '../../../src/judge/unpairedComparison.ts';
import type { Trial } from '../../../src/record/trial.ts';
import { comparesPairs, seedingOf } from '../../../src/study/commandSeeding.ts';

const runs = (...values: number[]): readonly Trial[] =>
  values.map((loss, index) => ({
    outcome: 'completed',
    seed: index + 1,
    curves: {},
    epochs: 1,
    seconds: { fit: 1, total: 1 },
    measures: { loss },
  }));

test('runs without a seed: the same mean as pairs, the variance of both sets', () => {
  const [own, other] = [runs(1, 2, 3), runs(2, 3, 4)];
  const terms = { metric: 'loss', noise: null };
  const paired = estimatePaired(own, other, terms);
  const unpaired = estimateUnpaired(own, other, terms);
  assert.equal(paired.mean, -1);
  assert.equal(unpaired.mean, -1);
  assert.equal(paired.deviation, 0, 'pairs that move together show no noise');
  assert.equal(unpaired.deviation, Math.sqrt(2));
  assert.equal(unpaired.degreesOfFreedom, 4);
});

test('one run each shows no noise, none no difference', () => {
  const terms = { metric: 'loss', noise: null };
  assert.equal(estimateUnpaired(runs(1), runs(2), terms).deviation, null);
  assert.equal(estimateUnpaired([], [], terms).mean, 0);
});

test('how a command is seeded: as it is said, else by its words', () => {
  assert.equal(seedingOf({}), null);
  assert.equal(seedingOf({ train: './a.out --seed {seed}' }), 'words');
  assert.equal(seedingOf({ train: 'cd src && python3 train.py' }), 'start');
  assert.equal(seedingOf({ train: './a.out' }), 'none');
  assert.equal(seedingOf({ train: './a.out', seeding: 'variable' }), 'variable');
  assert.ok(!comparesPairs({ train: './a.out' }));
  assert.ok(comparesPairs({}));
});
