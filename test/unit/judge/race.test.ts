import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRace, standingOf } from '../../../src/judge/race.ts';
import type { PairedEstimate } from '../../../src/judge/pairedComparison.ts';

const race = openRace(6);
const estimate = (seeds: number, mean: number): PairedEstimate => ({
  seeds: Array.from({ length: seeds }, (_, index) => index),
  mean,
  deviation: 1,
  degreesOfFreedom: seeds + 3,
});
const standing = (seeds: number, gain: number, needed = 0): string =>
  standingOf(race, { estimate: estimate(seeds, gain), gain, needed });

test('early looks ask for more than late ones', () => {
  const levels = [2, 3, 4, 5, 6].map((seeds) => race.better.get(seeds) ?? 0);
  assert.deepEqual(
    [...levels].sort((a, b) => b - a),
    levels,
  );
  assert.deepEqual(
    { ofTwo: standing(2, 1.5), ofSix: standing(6, 1.5) },
    { ofTwo: 'open', ofSix: 'better' },
  );
});

test('one seed leaves every race open', () => {
  assert.equal(standing(1, 100), 'open');
});

test('what is far behind is worse at once, what is level is given up, what leads goes on', () => {
  assert.deepEqual(
    { farBelow: standing(2, -8), below: standing(2, -0.1), above: standing(2, 0.8) },
    { farBelow: 'worse', below: 'hopeless', above: 'open' },
  );
});

test('all seeds used and nothing shown', () => {
  assert.equal(standing(6, 0.2), 'spent');
});

test('where equal is good enough, level is enough', () => {
  assert.deepEqual(
    { ofSix: standing(6, 0.2, -2), ofTwo: standing(2, -0.1, -2) },
    { ofSix: 'equal', ofTwo: 'open' },
  );
});

test('a race over two seeds has one look, which spends all of the error', () => {
  const level = openRace(2).better.get(2) ?? 0;
  assert.ok(Math.abs(level - 0.934) < 1e-3);
});
