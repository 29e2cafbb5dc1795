import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TrainResult } from '../../../src/ports/trainer.ts';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import {
  availableRuntimes,
  builderText,
  exampleFolder,
  makeTrainer,
  NEVER,
  projectStudy,
  studyOn,
  variantOf,
} from './harness.ts';

const runtimes = availableRuntimes();
const study = projectStudy('blobs');

const train = (trainer: WorkerTrainer, text: string, own = study): Promise<TrainResult> =>
  trainer.train({
    study: own,
    variant: variantOf(own, text),
    seeds: [1],
    evaluateOn: 'validation',
    signal: NEVER,
    onProgress: () => undefined,
  });

describe('auto', () => {
  test('takes the runtime whose probed step is the faster, and keeps to it', async () => {
    const trainer = makeTrainer({ runtime: 'auto' });
    const { environment, trials } = await train(trainer, builderText());
    assert.equal(trials[0]?.outcome, 'completed');
    assert.deepEqual(Object.keys(environment.probe).sort(), [...runtimes].sort());
    const fastest = Object.entries(environment.probe).sort(([, a], [, b]) => a - b)[0]?.[0];
    assert.equal(environment.runtime, fastest);
    for (const seconds of Object.values(environment.probe)) assert.ok(seconds > 0 && seconds < 1);
    const heavy = builderText({
      layers:
        `tf.layers.dense({ units: 300, inputShape, activation: 'relu' }), tf.layers.dense({ ` +
        `units: 300, activation: 'relu' }), tf.layers.dense({ units: outputUnits, activation: ` +
        `'softmax' })`,
    });
    const later = await train(trainer, heavy);
    assert.deepEqual(later.environment, environment);
    await trainer.dispose();
  });

  test('does without tfjs-node where there is none', async () => {
    const trainer = makeTrainer({ runtime: 'auto', tfjsNodeFolders: () => ['/nowhere'] });
    const { environment } = await train(trainer, builderText());
    assert.equal(environment.runtime, 'wasm');
    assert.deepEqual(Object.keys(environment.probe), ['wasm']);
    await trainer.dispose();
  });

  test('a variant that cannot be built decides nothing', async () => {
    const trainer = makeTrainer({ runtime: 'auto', tfjsNodeFolders: () => ['/nowhere'] });
    const bad = await train(trainer, builderText({ inside: `throw new Error('no');` }));
    assert.equal(bad.trials[0]?.outcome, 'failed');
    assert.deepEqual(bad.environment.probe, {});
    const good = await train(trainer, builderText());
    assert.equal(good.trials[0]?.outcome, 'completed');
    assert.deepEqual(Object.keys(good.environment.probe), ['wasm']);
    await trainer.dispose();
  });

  test('the cpu only where nothing faster trains the variant', async () => {
    const trainer = makeTrainer({ runtime: 'auto', tfjsNodeFolders: () => ['/nowhere'] });
    const text = builderText({
      inside: `if (tf.getBackend() === 'wasm') throw new Error('a kernel is missing');`,
    });
    const { environment, trials } = await train(trainer, text);
    assert.equal(trials[0]?.outcome, 'completed');
    assert.equal(environment.runtime, 'cpu');
    await trainer.dispose();
  });

  test('bad data is an input error, not a choice', async () => {
    const trainer = makeTrainer({ runtime: 'auto' });
    const own = studyOn(exampleFolder('digits'), {
      data: { csv: 'gone.csv', target: 'label', task: 'classification' },
    });
    await assert.rejects(train(trainer, builderText(), own), { code: 'data-file-missing' });
    await trainer.dispose();
  });
});

test('a runtime that is asked for and is not there is an environment error', async () => {
  const trainer = makeTrainer({ runtime: 'tfjs-node', tfjsNodeFolders: () => ['/nowhere'] });
  await assert.rejects(train(trainer, builderText()), { kind: 'environment' });
  await trainer.dispose();
});

test('a warm worker answers much faster than a cold one', async (context) => {
  const trainer = makeTrainer();
  const time = async (): Promise<number> => {
    const started = performance.now();
    const result = await trainer.build(study, variantOf(study, builderText()), NEVER);
    assert.ok(result.ok);
    return performance.now() - started;
  };
  const cold = await time();
  const warm = Math.min(await time(), await time(), await time());
  context.diagnostic(`build: cold ${Math.round(cold)} ms, warm ${Math.round(warm)} ms`);
  assert.ok(warm < cold / 3);
  await trainer.dispose();
});
