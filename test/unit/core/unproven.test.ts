import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import { unprovenText } from '../../../src/show/unproven.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { curves } from './curveTrainer.ts';
import { fakePorts, scripted, study } from './fakePorts.ts';
import { unitsOf } from './tableTrainer.ts';

/** Ends a search of 20 trials while its race trains; all batches are as good. */
async function cutInRace() {
  const stop = new AbortController();
  const train = curves((request) => {
    const isRace = request.seeds.length > 0 && isProposed();
    if (isRace) stop.abort();
    return 1 / unitsOf(request);
  });
  const ports = fakePorts(scripted());
  const isProposed = (): boolean => ports.store.attempts.some(({ kind }) => kind === 'sweep');
  const { attempts } = await searchModel(
    study,
    { trials: 20, seed: 1, signal: stop.signal },
    { ...ports, trainer: { ...ports.trainer, train }, random: seededRandom(1) },
  );
  return attempts;
}

test('what was still raced when the time was over is said, and how to go on', async () => {
  const text = unprovenText(await cutInRace());
  assert.match(
    text,
    /^The best it found is not proven: the time was over while .* \(#\d+\)\. Give/,
  );
});

test('where nothing was cut off, nothing was proven', () => {
  assert.match(unprovenText([]), /^Nothing was proven better/);
});
