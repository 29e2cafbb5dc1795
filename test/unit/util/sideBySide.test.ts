import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sideBySide } from '../../../src/util/sideBySide.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What was begun and ended, in order, and the results. */
async function run(
  most: number,
): Promise<{ events: readonly string[]; results: readonly number[] }> {
  const events: string[] = [];
  const results = await sideBySide([3, 1, 2], most, async (turns) => {
    events.push(`begin ${turns}`);
    for (let left = turns; left > 0; left -= 1) await turn();
    events.push(`end ${turns}`);
    return turns * 10;
  });
  return { events, results };
}

test('one at a time: each begins when the one before has ended', async () => {
  const { events, results } = await run(1);
  assert.deepEqual(events, ['begin 3', 'end 3', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  assert.deepEqual(results, [30, 10, 20]);
});

test('two at a time, in the order of the items', async () => {
  const { events, results } = await run(2);
  assert.deepEqual(events.slice(0, 4), ['begin 3', 'begin 1', 'end 1', 'begin 2']);
  assert.deepEqual(results, [30, 10, 20]);
});

test('after a failure nothing is begun, and what was begun has ended', async () => {
  const events: string[] = [];
  const work = async (item: string): Promise<void> => {
    events.push(`begin ${item}`);
    await turn();
    if (item === 'bad') throw new Error('no');
    await turn();
    events.push(`end ${item}`);
  };
  await assert.rejects(sideBySide(['bad', 'good', 'late'], 2, work), { message: 'no' });
  assert.deepEqual(events, ['begin bad', 'begin good', 'end good']);
});
