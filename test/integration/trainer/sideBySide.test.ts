import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Trial } from '../../../src/record/trial.ts';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import { builderText, makeTrainer } from './harness.ts';
import { children, failed, SLOW, trainWith } from './trainWith.ts';

const SEEDS = [3, 1, 4, 2];
const CONFIG = { epochs: 30 };

/** What a trial came to, without the time and the memory it took. */
function outcomeOf(trial: Trial): object {
  const { seconds: _, ...outcome } = trial;
  if (outcome.outcome === 'failed') return outcome;
  const { seconds: __, memoryMB, ...measures } = outcome.measures;
  assert.ok(memoryMB === undefined || memoryMB > 0);
  return { ...outcome, measures };
}

const outcomes = ({ trials }: TrainResult): readonly object[] => trials.map(outcomeOf);

describe('two workers', () => {
  const pair = makeTrainer({ workers: 2 });
  let alone: TrainResult;

  before(async () => {
    const single = makeTrainer();
    alone = await trainWith(single, { seeds: SEEDS, config: CONFIG });
    await single.dispose();
  });

  after(() => pair.dispose());

  test('bring what one brings, in the order of the seeds', async () => {
    const seen: TrainProgress[] = [];
    const together = await trainWith(pair, {
      seeds: SEEDS,
      config: CONFIG,
      onProgress: (progress) => seen.push(progress),
    });
    assert.deepEqual(outcomes(together), outcomes(alone));
    assert.equal(together.parameters, alone.parameters);
    assert.equal(together.dataHash, alone.dataHash);
    for (const { seed, seedIndex, seedCount } of seen)
      assert.deepEqual({ seed, seedCount }, { seed: SEEDS[seedIndex], seedCount: 4 });
    assert.ok(seen.some(({ beside = [] }) => beside.length === 1));
  });

  test('lose nothing when one of them is killed in the middle', async () => {
    // Two trainers, the variant's builder, and one that stands ready for the next variant.
    const before = children();
    assert.equal(before.length, 4);
    let killed = 0;
    const { trials } = await trainWith(pair, {
      seeds: SEEDS,
      config: CONFIG,
      onProgress: ({ epoch }) => {
        if (killed > 0 || epoch < 5) return;
        killed = before[0] ?? 0;
        process.kill(killed, 'SIGKILL');
      },
    });
    assert.ok(killed > 0);
    assert.deepEqual(trials.map(outcomeOf), outcomes(alone));
    assert.equal(children().includes(killed), false);
  });

  test('give a trial up whose worker is killed each time', async () => {
    const { trials } = await trainWith(pair, {
      seeds: [1],
      config: SLOW,
      onProgress: () => {
        for (const pid of children()) process.kill(pid, 'SIGKILL');
      },
    });
    assert.equal(trials.length, 1);
    assert.equal(failed(trials[0]).failure.kind, 'died');
  });

  test('both stop when their job is cancelled', async () => {
    const controller = new AbortController();
    const { trials } = await trainWith(pair, {
      seeds: SEEDS,
      config: SLOW,
      signal: controller.signal,
      onProgress: ({ beside = [] }) => {
        if (beside.length > 0) controller.abort();
      },
    });
    assert.deepEqual(
      trials.map((trial) => [trial.seed, failed(trial).failure.kind]),
      [
        [3, 'cancelled'],
        [1, 'cancelled'],
      ],
    );
  });

  test('do not begin the other seeds of what cannot be built', async () => {
    const { trials } = await trainWith(pair, {
      seeds: SEEDS,
      text: builderText({ inside: `throw new Error('no');` }),
    });
    assert.ok(trials.length <= 2);
    for (const trial of trials) assert.equal(failed(trial).failure.kind, 'builder');
  });

  test('train two jobs side by side', async () => {
    const both = await Promise.all([
      trainWith(pair, { seeds: [3], config: CONFIG }),
      trainWith(pair, { seeds: [1], config: CONFIG }),
    ]);
    assert.deepEqual(both.flatMap(outcomes), outcomes(alone).slice(0, 2));
  });
});
