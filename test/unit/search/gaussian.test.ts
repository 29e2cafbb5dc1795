import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dimension } from '../../../src/search/space/dimension.ts';
import { Space } from '../../../src/search/space/space.ts';
import {
  choleskyOf,
  solveLower,
  solveUpper,
  triangleOf,
} from '../../../src/search/sweep/cholesky.ts';
import { SweepSearcher } from '../../../src/search/sweep/sweepSearcher.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

test('a system of equations is solved by its triangle', () => {
  const rows = [[4], [2, 5], [1, 2, 6]];
  const triangle = choleskyOf(triangleOf(3, (row, column) => rows[row]?.[column] ?? NaN));
  const x = solveUpper(triangle, solveLower(triangle, [7, 9, 9]));
  assert.deepEqual(
    Array.from(x, (value) => Number(value.toFixed(9))),
    [1, 1, 1],
  );
});

const layers: readonly Dimension[] = Array.from({ length: 6 }, (_, index) => ({
  kind: 'categorical',
  name: `layer ${index}`,
  choices: ['none', 'small', 'large'],
  initial: 'none',
}));

test('layers of the same choices begin at each of them, and the best of 729 is found soon', () => {
  const space = new Space(layers);
  const found = [1, 2, 3].map((seed) => {
    const searcher = new SweepSearcher(space, { portfolio: [], random: seededRandom(seed) });
    const asked = Array.from({ length: 60 }, () => {
      const next = searcher.ask();
      assert.ok(next);
      const wrong = layers.filter(
        ({ name }, index) => next.values[name] !== (index % 2 === 0 ? 'large' : 'small'),
      );
      searcher.tell({ ...next, epochs: 1, score: wrong.length });
      return { values: next.values, wrong: wrong.length };
    });
    assert.deepEqual(new Set(Object.values(asked[1]?.values ?? {})), new Set(['small']));
    return asked.findIndex(({ wrong }) => wrong === 0);
  });
  assert.ok(
    found.every((place) => place > 0 && place < 60),
    found.join(),
  );
});
