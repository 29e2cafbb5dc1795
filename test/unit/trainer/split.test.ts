import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyScaling, fitScaling } from '../../../src/workers/tfjs/data/preprocess.ts';
import { foldRows, splitRows } from '../../../src/workers/tfjs/data/split.ts';

const split = { validation: 0.2, test: 0.2, seed: 42, folds: 1 };

test('every row is in exactly one part, the same each time, another with another seed', () => {
  const parts = splitRows(101, null, split);
  assert.deepEqual(
    [...parts.train, ...parts.validation, ...parts.test].sort((a, b) => a - b),
    [...Array(101).keys()],
  );
  assert.deepEqual(
    {
      trainLength: parts.train.length,
      validationLength: parts.validation.length,
      testLength: parts.test.length,
    },
    { trainLength: 61, validationLength: 20, testLength: 20 },
  );
  assert.deepEqual(splitRows(101, null, split), parts);
  assert.notDeepEqual(splitRows(101, null, { ...split, seed: 43 }), parts);
});

test('the split of a seed never changes: studies would no longer be comparable', () => {
  assert.deepEqual(splitRows(12, null, { validation: 0.25, test: 0.25, seed: 1, folds: 1 }), {
    train: [2, 4, 5, 6, 8, 11],
    validation: [0, 1, 9],
    test: [3, 7, 10],
  });
});

test('classes keep their share, and a rare one stays in training', () => {
  const labels = [...Array<number>(50).fill(0), ...Array<number>(10).fill(1), 2];
  const parts = splitRows(labels.length, labels, split);
  const count = (rows: readonly number[], label: number): number =>
    rows.filter((row) => labels[row] === label).length;
  assert.deepEqual(
    [0, 1, 2].map((label) => count(parts.train, label)),
    [30, 6, 1],
  );
  assert.deepEqual(
    [0, 1, 2].map((label) => count(parts.test, label)),
    [10, 2, 0],
  );
});

test(
  'folds are disjoint, cover every row but the sealed ones once, and keep the shares of the ' +
    'classes',
  () => {
    const labels = [...Array<number>(50).fill(0), ...Array<number>(10).fill(1), 2];
    const [folds, sealed] = [
      foldRows(labels.length, labels, { ...split, folds: 4 }),
      splitRows(labels.length, labels, split).test,
    ];
    assert.equal(folds.length, 4);
    const rows = folds.flatMap(({ validation }) => validation).sort((a, b) => a - b);
    assert.deepEqual(
      rows,
      [...Array(61).keys()].filter((row) => !sealed.includes(row)),
    );
    for (const { train, validation, test: part } of folds) {
      assert.deepEqual(part, sealed);
      assert.deepEqual(
        [...train, ...validation].sort((a, b) => a - b),
        rows,
      );
      assert.equal(validation.filter((row) => labels[row] === 0).length, 10);
      assert.equal(validation.filter((row) => labels[row] === 1).length, 2);
    }
    assert.deepEqual(foldRows(61, labels, { ...split, folds: 4 }), folds);
    assert.notDeepEqual(foldRows(61, labels, { ...split, folds: 4, seed: 43 }), folds);
  },
);

test('scaling makes mean 0 and deviation 1 by column; a constant column becomes 0', () => {
  const values = Float32Array.of(1, 7, 3, 7, 5, 7);
  const scaled = applyScaling(values, fitScaling(values, 2));
  const root = Math.sqrt(1.5);
  [-root, 0, 0, 0, root, 0].forEach((wanted, index) =>
    assert.ok(Math.abs((scaled[index] ?? NaN) - wanted) < 1e-6),
  );
});
