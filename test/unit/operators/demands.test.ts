import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listIdeas } from '../../../src/search/listIdeas.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { compiled, contextFor, imageData, regressionData, sequential } from './architectures.ts';
import { dense } from './candidates.ts';

const scales = (structure: { outliers: number; turns: number }): Partial<DataProfile> => ({
  scales: { target: { mean: 0, deviation: 1 }, features: null, structure },
});

const model = sequential(
  [...[dense(32), dense(32)], ['dense', { units: 1 }]],
  compiled('adam', 'meanSquaredError'),
);

/** The first ideas for data, with the reason of the first. */
function firstFor(data: DataProfile, architecture = model): readonly string[] {
  const listed = listIdeas(contextFor(architecture, { data }), []).filter(
    ({ here }) => here.length > 0,
  );
  return [...listed.slice(0, 3).map(({ name }) => name), listed[0]?.here[0]?.reason ?? ''];
}

const rows = { train: 2000, validation: 500, test: 500 };
const numbers: DataProfile = { ...regressionData, rows, outputUnits: 1 };

test('a target with waves asks for Fourier features, in the number of its turns', () => {
  const [first, second, , reason] = firstFor({ ...numbers, ...scales({ outliers: 0, turns: 9 }) });
  assert.deepEqual([first, second], ['fourier-features', 'periodic-activation']);
  assert.match(reason ?? '', /turns 9 times/);
});

test('targets far out ask for a robust loss', () => {
  const named = firstFor({ ...numbers, ...scales({ outliers: 0.02, turns: 0 }) });
  assert.equal(named[0], 'huber-loss');
  assert.match(named[3] ?? '', /2 % of the targets lie more than 5 deviations/);
});

test('a rare class asks for the focal loss', () => {
  const classes = sequential(
    [dense(32), ['dense', { units: 2, activation: 'softmax' }]],
    compiled('adam', 'categoricalCrossentropy'),
  );
  const data = { ...imageData, rows, outputUnits: 2, classShares: [0.96, 0.04] };
  assert.ok(firstFor(data, classes).slice(0, 3).includes('focal-loss'));
});

test('data of which nothing is known ask for nothing', () => {
  const [first] = firstFor(numbers);
  assert.ok(!['fourier-features', 'huber-loss', 'focal-loss'].includes(first ?? ''), first);
});
