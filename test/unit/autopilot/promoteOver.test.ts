import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { smallerOver } from '../../../src/loop/autopilot/smallerOver.ts';
import { promoteOver, type Contest } from '../../../src/loop/autopilot/promoteOver.ts';
import type { Attempt } from '../../../src/record/attempt.ts';
import { attempt } from '../operators/architectures.ts';

const OBJECTIVE = { metric: 'val_loss', direction: 'minimize' } as const;

/** An attempt with a value for each of the seeds 1, 2, 3 … */
function known(id: string, values: readonly number[], parameters = 1000): Contest['candidate'] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const trials = values.map((value, index) => ({
    outcome: 'completed',
    seed: index + 1,
    measures: { val_loss: value },
  }));
  return {
    summary: attempt({ id, parameters, metric: { mean, sd: null, values: [...values] } }),
    record: { trials } as unknown as Attempt,
  };
}

const decide = (
  candidate: Contest['candidate'],
  promoted: Contest['candidate'],
): ReturnType<typeof promoteOver> =>
  promoteOver({
    candidate,
    promoted,
    history: [],
    objective: OBJECTIVE,
    settings: { minimumGain: 0.1, mayLose: 0.01 },
  });

describe('an attempt is promoted over another', () => {
  const promoted = known('old', [0.5, 0.52, 0.51, 0.49]);

  test('by a gain that is proven on shared seeds and no smaller than the least', () => {
    const decided = decide(known('new', [0.4, 0.42, 0.41, 0.38]), promoted);
    assert.ok(typeof decided !== 'string');
    assert.deepEqual([decided.why, decided.attempt, decided.over], ['better', 'new', 'old']);
    assert.equal(decided.seeds, 4);
    assert.ok(decided.interval[1] < 0 && decided.share > 0.19 && decided.share < 0.22);
  });

  test('not by a proven gain below the least', () => {
    const decided = decide(known('new', [0.48, 0.5, 0.49, 0.471]), promoted);
    assert.match(String(decided), /3\.9 %, where 10 % is the least that is promoted/);
  });

  test('not by a large gain that the seeds do not prove', () => {
    assert.ok(typeof decide(known('new', [0.1, 0.6, 0.1, 0.7]), promoted) === 'string');
    assert.match(String(decide(known('new', [0.1]), promoted)), /share too few seeds/);
  });

  test('by being smaller and not worse', () => {
    const same = [0.5, 0.521, 0.511, 0.49];
    const decided = decide(known('new', same, 700), promoted);
    assert.ok(typeof decided !== 'string');
    assert.equal(decided.why, 'smaller');
    assert.match(decided.text, /not worse by more than 0\.0050\d+, 30 % smaller/);
    assert.ok(typeof decide(known('new', same, 900), promoted) === 'string', 'hardly smaller');
    const worse = known('new', [0.55, 0.57, 0.56, 0.54], 700);
    assert.ok(typeof decide(worse, promoted) === 'string', 'worse');
  });
});

/** A compression of `from` to so many of 4,000 bytes, judged as the record says. */
function compressed(id: string, from: string, bytes: number, verdict: 'better' | 'worse') {
  const sizes = { before: { bytes: 4000, parameters: 1000 }, after: { bytes, parameters: 1000 } };
  const comparison = { meanDifference: 0.001, interval: [-0.002, 0.004], seeds: [1, 2, 3] };
  return {
    summary: attempt({ id, kind: 'compression', verdict, parents: [from] }),
    record: {
      kind: 'compression',
      method: 'int8',
      sizes,
      verdict: { kind: verdict, text: 'Not worse by more than 0.01.', comparisons: [comparison] },
    } as unknown as Attempt,
  };
}

describe('a model made smaller is promoted over what it was made of', () => {
  const promoted = known('old', [0.5, 0.52, 0.51, 0.49]);

  test('the smallest that is not worse, with its interval and in words', () => {
    const decided = smallerOver(promoted, [
      compressed('half', 'old', 2000, 'better'),
      compressed('quarter', 'old', 1000, 'better'),
      compressed('worse', 'old', 500, 'worse'),
      compressed('of-another', 'other', 100, 'better'),
    ]);
    assert.deepEqual(
      [decided?.attempt, decided?.over, decided?.why, decided?.share, decided?.seeds],
      ['quarter', 'old', 'smaller', 0.75, 3],
    );
    assert.deepEqual(decided?.interval, [-0.002, 0.004]);
    assert.match(decided.text, /int8, 75 % fewer bytes\. Not worse by more than 0\.01\./);
  });

  test('not for less than a fifth of the bytes', () => {
    assert.equal(smallerOver(promoted, [compressed('new', 'old', 3300, 'better')]), null);
    assert.equal(smallerOver(promoted, []), null);
  });

  test('and over another one made of the same, by what that still needs', () => {
    const half = compressed('half', 'old', 2000, 'better');
    const made = [half, compressed('less', 'old', 1700, 'better')];
    assert.equal(smallerOver(half, made), null);
    const quarter = compressed('quarter', 'old', 1000, 'better');
    assert.deepEqual(
      [smallerOver(half, [...made, quarter])?.share, smallerOver(half, [quarter])?.over],
      [0.5, 'half'],
    );
  });
});
