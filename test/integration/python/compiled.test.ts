import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import type { Trial } from '../../../src/record/trial.ts';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { attachIn, BLOBS_PY, kerasText, pythonTrainer, trainText } from './pythonStudies.ts';

process.env['KERAS_BACKEND'] = 'jax';
const trainer = pythonTrainer();
after(() => trainer.dispose());

/** With all that is random or has a state of its own; `base` may bring a `fit` of its own. */
const modelOn = (base: string): string => `import keras
from keras import layers


class Stepwise(keras.Sequential):
    def fit(self, *args, **kwargs):
        return super().fit(*args, **kwargs)


def build_model(input_shape, num_classes):
    model = ${base}([
        keras.Input(shape=input_shape),
        layers.Dense(8, activation="relu", kernel_regularizer=keras.regularizers.l2(1e-3)),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(num_classes, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
    return model
`;

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1);
/** Two-sided 95 % points of a normal difference and of the ratio of two variances (19, 19). */
const OF_MEANS = 1.96;
const OF_VARIANCES = 2.53;

async function train(text: string, seeds: number[] = SEEDS): Promise<readonly Trial[]> {
  const { folder, remove } = await makeFolder({ 'model.py': text, 'data.py': BLOBS_PY });
  const study = studyOn(folder, { epochs: 6, batchSize: 16 }, 'model.py');
  const { trials } = await trainText(trainer, study, { text, seeds });
  await remove();
  assert.equal(trials.length, seeds.length, JSON.stringify(trials));
  for (const { outcome } of trials) assert.equal(outcome, 'completed', JSON.stringify(trials[0]));
  return trials;
}

const lastLosses = (trials: readonly Trial[]): number[] =>
  trials.map(({ curves }) => curves['val_loss']?.at(-1) ?? NaN);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const variance = (values: readonly number[]): number =>
  (mean(values.map((value) => (value - mean(values)) ** 2)) * values.length) / (values.length - 1);

test('compiled epochs and fit agree on mean and spread over 20 seeds', async () => {
  const compiled = await train(modelOn('keras.Sequential'));
  const stepwise = await train(modelOn('Stepwise'));
  for (const { way } of compiled) assert.equal(way, 'compiled');
  for (const { way } of stepwise) assert.equal(way, 'fit: the model has a fit of its own');
  const [own, other] = [lastLosses(compiled), lastLosses(stepwise)];
  const interval = OF_MEANS * Math.sqrt((variance(own) + variance(other)) / SEEDS.length);
  assert.ok(Math.abs(mean(own) - mean(other)) <= interval, `${mean(own)} ${mean(other)}`);
  const ratio = variance(own) / variance(other);
  assert.ok(ratio < OF_VARIANCES && ratio > 1 / OF_VARIANCES, `${ratio}`);
});

test('a seed draws the same curve whichever seeds train before it', async () => {
  const text = modelOn('keras.Sequential');
  const [alone] = await train(text, [7]);
  const [, , behind] = await train(text, [3, 5, 7]);
  assert.deepEqual(alone?.curves, behind?.curves);
});

const SCHEDULED = `import numpy as np
import keras
from data import load_data
from model import build_model

x, y = load_data()
build_model((4,), 3).fit(x, keras.utils.to_categorical(y), epochs=50, callbacks=[
    keras.callbacks.LearningRateScheduler(lambda epoch: 0.01 if epoch < 2 else 0.0),
    keras.callbacks.EarlyStopping(monitor="val_loss", patience=3),
])
`;

test('a schedule and an early stop of the script hold between compiled epochs', async () => {
  const text = kerasText();
  const { folder, remove } = await makeFolder({
    'model.py': text,
    'data.py': BLOBS_PY,
    'train.py': SCHEDULED,
  });
  const { studyFile } = await attachIn(folder);
  const study = studyOn(folder, JSON.parse(await readFile(studyFile, 'utf8')), 'model.py');
  const [trial] = (await trainText(trainer, study, { text })).trials;
  await remove();
  assert.equal(trial?.way, 'compiled', JSON.stringify(trial));
  const losses = trial?.curves['val_loss'] ?? [];
  assert.equal(losses.length, 5, 'two epochs, and three in which nothing changes');
  assert.ok((losses[1] ?? 9) < (losses[0] ?? 0));
  assert.equal(new Set(losses.slice(1)).size, 1, 'a learning rate of nothing changes nothing');
});
