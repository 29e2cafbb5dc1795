import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from '../../../src/record/trial.ts';
import {
  exampleFolder,
  makeFolder,
  makeTrainer,
  NEVER,
  studyOn,
  variantOf,
} from '../trainer/harness.ts';
import { BLOBS_PY, kerasText, pythonTrainer, TORCH_TEXT, trainText } from './pythonStudies.ts';

let trainer = pythonTrainer();
after(() => trainer.dispose());
beforeEach(() => {
  delete process.env['KERAS_BACKEND'];
});

const TENSORFLOW =
  'import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers';

const cases = [
  { name: 'Keras on JAX', backend: 'jax', text: kerasText(), versions: ['keras', 'jax'] },
  { name: 'Keras on TensorFlow', text: kerasText(TENSORFLOW), versions: ['keras', 'tensorflow'] },
  { name: 'PyTorch', text: TORCH_TEXT, versions: ['torch'] },
];

const curvesOf = (trials: readonly Trial[]): unknown[] => trials.map(({ curves }) => curves);

for (const { name, text, versions, backend } of cases) {
  test(`${name}: trains, says what it ran on, and draws the same curve twice`, async () => {
    await trainer.dispose();
    trainer = pythonTrainer();
    if (backend !== undefined) process.env['KERAS_BACKEND'] = backend;
    const { folder, remove } = await makeFolder({ 'model.py': text, 'data.py': BLOBS_PY });
    const study = studyOn(folder, { epochs: 4 }, 'model.py');
    const first = await trainText(trainer, study, { text, seeds: [1, 2] });
    const again = await trainText(trainer, study, { text, seeds: [1, 2] });
    assert.deepEqual(
      first.trials.map(({ outcome }) => outcome),
      ['completed', 'completed'],
      JSON.stringify(first.trials),
    );
    assert.deepEqual(curvesOf(first.trials), curvesOf(again.trials));
    assert.notDeepEqual(first.trials[0]?.curves, first.trials[1]?.curves);
    for (const key of [...versions, 'python', 'interpreter', 'numpy'])
      assert.ok(first.environment.versions[key], `no version of ${key}`);
    const [trial] = first.trials;
    assert.equal(trial?.epochs, 4);
    assert.deepEqual(Object.keys(trial?.curves ?? {}).sort(), [
      'accuracy',
      'loss',
      'val_accuracy',
      'val_loss',
    ]);
    assert.ok((trial?.curves['val_loss']?.at(-1) ?? 9) < (trial?.curves['val_loss']?.[0] ?? 0));
    assert.deepEqual((await readdir(folder)).sort(), ['data.py', 'model.py'], 'nothing is written');
    await remove();
  });
}

test('the same table is split, hashed and described alike by both workers', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': kerasText(), 'model.ts': '' });
  await copyFile(join(exampleFolder('digits'), 'digits.csv'), join(folder, 'digits.csv'));
  const config = { data: { csv: 'digits.csv', target: 'label', task: 'classification' } };
  const tfjs = makeTrainer();
  const [own, other] = [
    await trainer.profileData(studyOn(folder, config, 'model.py'), NEVER),
    await tfjs.profileData(studyOn(folder, config, 'model.ts'), NEVER),
  ];
  await tfjs.dispose();
  await remove();
  assert.equal(own.hash, other.hash);
  assert.deepEqual(own.rows, other.rows);
  assert.deepEqual(own.classShares, other.classShares);
});

test('folds: one model a fold, the trial is their mean', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'data.py': BLOBS_PY });
  const study = studyOn(folder, { epochs: 2, split: { folds: 3 } }, 'model.py');
  const { trials } = await trainText(trainer, study, { text: TORCH_TEXT });
  await remove();
  const [trial] = trials;
  assert.equal(trial?.outcome, 'completed');
  assert.equal(trial?.epochs, 6);
});

test('the sealed part is measured where it is opened', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'data.py': BLOBS_PY });
  const study = studyOn(folder, { epochs: 2 }, 'model.py');
  const { trials } = await trainer.train({
    study,
    variant: variantOf(study, TORCH_TEXT),
    seeds: [1],
    evaluateOn: 'test',
    signal: NEVER,
    onProgress: () => undefined,
  });
  await remove();
  const [trial] = trials;
  assert.equal(trial?.outcome, 'completed');
  assert.ok(trial.outcome === 'completed' && typeof trial.measures['test_loss'] === 'number');
});

test('a cancelled training keeps what it had and ends at once', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'data.py': BLOBS_PY });
  const study = studyOn(folder, { epochs: 100_000 }, 'model.py');
  const controller = new AbortController();
  const { trials } = await trainer.train({
    study,
    variant: variantOf(study, TORCH_TEXT),
    seeds: [1],
    evaluateOn: 'validation',
    signal: controller.signal,
    onProgress: ({ epoch }) => {
      if (epoch === 2) controller.abort();
    },
  });
  await remove();
  const [trial] = trials;
  assert.ok(trial?.outcome === 'failed' && trial.failure.kind === 'cancelled');
  assert.ok(trial.epochs >= 2);
});
