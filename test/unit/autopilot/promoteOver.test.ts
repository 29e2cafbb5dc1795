import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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
