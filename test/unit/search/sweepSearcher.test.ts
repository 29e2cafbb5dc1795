import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Configuration, Dimension } from '../../../src/search/space/dimension.ts';
import { Space } from '../../../src/search/space/space.ts';
import { Halving } from '../../../src/search/sweep/halving.ts';
import { importances } from '../../../src/search/sweep/importance.ts';
import { paretoFront } from '../../../src/search/sweep/front.ts';
import { SweepSearcher } from '../../../src/search/sweep/sweepSearcher.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const rate = (name: string): Dimension => ({
  ...{ kind: 'real', name, low: 1e-4, high: 1, log: true, initial: 0.001 },
});
const dimensions: readonly Dimension[] = [
  ...['a', 'b', 'c', 'd'].map(rate),
  { kind: 'integer', name: 'units', low: 2, high: 256, log: true, initial: 16 },
  {
    kind: 'categorical',
    name: 'norm',
    choices: ['no', 'batch', 'layer'],
    initial: 'no',
    rest: 0.8,
  },
  {
    ...{ kind: 'real', name: 'momentum', low: 0, high: 1, log: false, initial: 0.9 },
    when: { name: 'norm', is: ['batch'] },
  },
];
const space = new Space(dimensions);

/** Least at a rate of 0.05 each, 64 units, batch normalisation with a momentum of 0.3. */
const score = (values: Configuration): number =>
  ['a', 'b', 'c', 'd'].reduce(
    (sum, name) => sum + Math.log10(Number(values[name]) / 0.05) ** 2 / 4,
    Math.log2(Number(values['units']) / 64) ** 2 / 16 +
      (values['norm'] === 'batch' ? Math.abs(Number(values['momentum']) - 0.3) : 0.8),
  );

function bestOf(count: number, seed: number): number {
  const random = seededRandom(seed);
  const searcher = new SweepSearcher(space, { portfolio: [space.start], random });
  for (let trial = 0; trial < count; trial += 1) {
    const asked = searcher.ask();
    assert.ok(asked);
    searcher.tell({ ...asked, epochs: 1, score: score(asked.values) });
  }
  return searcher.archive.best?.score ?? Infinity;
}

function bestByChance(count: number, seed: number): number {
  const random = seededRandom(seed);
  const scores = Array.from({ length: count }, () => score(space.draw(random)));
  return Math.min(...scores);
}

describe('a space', () => {
  test('leaves out what is not looked at, and what cannot change', () => {
    assert.deepEqual(Object.keys(space.start), ['a', 'b', 'c', 'd', 'units', 'norm']);
    assert.ok('momentum' in space.complete({ norm: 'batch' }));
    const one: Dimension = {
      ...{ kind: 'integer', name: 'x', low: 3, high: 3 },
      log: false,
      initial: 3,
    };
    assert.equal(new Space([one]).size, 1);
  });

  test('draws and steps stay inside it, and a step is another configuration', () => {
    const random = seededRandom(5);
    for (let index = 0; index < 500; index += 1) {
      const drawn = space.draw(random);
      assert.ok(Number(drawn['units']) >= 2 && Number(drawn['units']) <= 256);
      assert.equal('momentum' in drawn, drawn['norm'] === 'batch');
      assert.notEqual(space.keyOf(space.neighbour(drawn, random)), space.keyOf(drawn));
    }
  });
});

describe('a searcher', () => {
  test('is well ahead of chance after a hundred trials', () => {
    const seeds = [1, 2, 3, 4, 5];
    const sum = (of: (count: number, seed: number) => number): number =>
      seeds.reduce((total, seed) => total + of(100, seed), 0);
    assert.ok(sum(bestOf) < 0.5 * sum(bestByChance));
  });

  test('never asks for the same twice, and says when all is tried', () => {
    const small = new Space([
      { kind: 'categorical', name: 'x', choices: [1, 2, 3], initial: 1 },
      { kind: 'categorical', name: 'y', choices: ['u', 'v'], initial: 'u' },
    ]);
    const searcher = new SweepSearcher(small, { portfolio: [], random: seededRandom(1) });
    const keys = new Set<string>();
    for (let asked = searcher.ask(); asked; asked = searcher.ask()) {
      keys.add(small.keyOf(asked.values));
      searcher.tell({ ...asked, epochs: 1, score: 1 });
    }
    assert.equal(keys.size, 6);
  });

  test('comes to the last of a small space, conditions and all', () => {
    const small = new Space([
      { kind: 'categorical', name: 'x', choices: ['a', 'b'], initial: 'a', rest: 0.99 },
      {
        ...{ kind: 'integer', name: 'y', low: 1, high: 40, log: true, initial: 1 },
        when: { name: 'x', is: ['b'] },
      },
    ]);
    const searcher = new SweepSearcher(small, { portfolio: [], random: seededRandom(1) });
    let count = 0;
    for (let asked = searcher.ask(); asked; asked = searcher.ask()) count += 1;
    assert.equal(count, 41);
  });

  test('hears a guest once, and then by what came of it', () => {
    const turnsOf = (suggested: Configuration): number => {
      const random = seededRandom(1);
      const guest = () => space.neighbour(suggested, random);
      const searcher = new SweepSearcher(space, { portfolio: [], sources: { guest }, random });
      const by = Array.from({ length: 120 }, () => {
        const asked = searcher.ask();
        assert.ok(asked);
        searcher.tell({ ...asked, epochs: 1, score: score(asked.values) });
        return asked.by;
      });
      assert.equal(by[0], 'guest');
      return by.filter((name) => name === 'guest').length;
    };
    const best = { a: 0.05, b: 0.05, c: 0.05, d: 0.05, units: 64, norm: 'batch', momentum: 0.3 };
    const worst = { a: 1e-4, b: 1, c: 1e-4, d: 1, units: 2, norm: 'no' };
    assert.ok(turnsOf(best) > 2 * turnsOf(worst), `${turnsOf(best)} and ${turnsOf(worst)}`);
    assert.ok(turnsOf(worst) < 12, 'a tenth of the turns at most');
  });

  test('goes on where all that it tried has failed', () => {
    const searcher = new SweepSearcher(space, { portfolio: [], random: seededRandom(1) });
    for (let index = 0; index < 60; index += 1) {
      const asked = searcher.ask();
      assert.ok(asked);
      searcher.tell({ ...asked, epochs: 0, score: null });
    }
    assert.equal(searcher.archive.best, undefined);
  });
});

describe('halving', () => {
  test('looks from the fourth epoch on, and lets the best third go on', () => {
    const halving = new Halving(20);
    assert.deepEqual(halving.rungs, [4, 12]);
    assert.deepEqual(new Halving(4).rungs, []);
    assert.deepEqual(new Halving(52).rungs, [8, 24], 'in a longer run later');
    const ends = [5, 6, 7, 8, 4, 9].map((score) => halving.arrive(4, score));
    assert.deepEqual(ends, ['goes on', 'goes on', 'ends', 'ends', 'goes on', 'ends']);
    assert.equal(halving.arrive(3, 100), 'goes on');
  });

  test('what is as good as those before it is not ahead of them', () => {
    const halving = new Halving(20);
    const ends = Array.from({ length: 6 }, () => halving.arrive(4, 1));
    assert.deepEqual(ends, ['goes on', 'goes on', 'ends', 'ends', 'ends', 'ends']);
    assert.equal(halving.arrive(4, 0.9), 'goes on');
  });
});

describe('what a search tells', () => {
  test('the dimension that makes the difference explains the most', () => {
    const random = seededRandom(3);
    const scored = Array.from({ length: 200 }, () => {
      const values = space.draw(random);
      return { values, score: Math.log10(Number(values['b'])) + 0.1 * random.next() };
    });
    const [first, second] = importances(space, scored);
    assert.equal(first?.name, 'b');
    assert.ok(first.share > 0.5 && (second?.share ?? 1) < 0.2);
    assert.deepEqual(importances(space, scored.slice(0, 5)), []);
  });

  test('a front holds what nothing beats in both', () => {
    const item = (score: number, parameters: number | null) => ({ score, parameters });
    const front = paretoFront([item(3, 10), item(1, 30), item(2, 40), item(2, 20), item(0, null)]);
    assert.deepEqual(
      front.map(({ parameters }) => parameters),
      [10, 20, 30],
    );
  });
});
