import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainWith } from '../integration/trainer/trainWith.ts';
import { JAVASCRIPT } from './javascript.ts';
import { runHostile, trainerUnder } from './runHostile.ts';

const EVERY = 10;

test('where the system confines nothing, hostile variants have no effect', async () => {
  const some = JAVASCRIPT.filter((_, at) => at % EVERY === 0);
  assert.deepEqual(await runHostile(some, { layer: 'code builds', on: 'wasm' }), []);
});

test('there others train, and nothing that loads add-ons is chosen by itself', async () => {
  const { trainer, end } = trainerUnder({ layer: 'code builds', on: 'auto' });
  const { environment, trials } = await trainWith(trainer, {});
  await end();
  assert.equal(trials[0]?.outcome, 'completed', JSON.stringify(trials));
  assert.deepEqual(
    { runtime: environment?.runtime, protection: environment?.protection },
    { runtime: 'wasm', protection: 'models as data' },
  );
});
