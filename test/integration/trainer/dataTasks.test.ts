import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import type { Measures } from '../../../src/record/trial.ts';
import { makeFolder, makeTrainer, NEVER, studyOn, variantOf } from './harness.ts';

const trainer = makeTrainer();

after(() => trainer.dispose());

const ROWS = `const n = Array.from({ length: 90 }, (_, i) => i);`;

const TF = `import * as tf from '@tensorflow/tfjs';\n`;

/** What one seed of a model measures on data of its own. */
async function measuresOf(
  files: { readonly data: string; readonly model: string; readonly more?: Record<string, string> },
  config: object = {},
): Promise<Measures> {
  const { folder, remove } = await makeFolder({
    'data.mjs': TF + ROWS + files.data,
    ...files.more,
  });
  try {
    const study = studyOn(folder, { seeds: 1, ...config }, 'model.mjs');
    const { trials } = await trainer.train({
      study,
      variant: variantOf(study, TF + files.model),
      seeds: [1],
      evaluateOn: 'validation',
      signal: NEVER,
      onProgress: () => undefined,
    });
    const [trial] = trials;
    assert.ok(trial?.outcome === 'completed', JSON.stringify(trial).slice(0, 400));
    return (trial satisfies CompletedTrial).measures;
  } finally {
    await remove();
  }
}

const TWO_INPUTS = `
export function buildModel() {
  const a = tf.input({ shape: [2], name: 'left' }), b = tf.input({ shape: [3], name: 'right' });
  const joined = tf.layers.dense({ units: 8, activation: 'relu' })
    .apply(tf.layers.concatenate().apply([a, b]));
  const sum = tf.layers.dense({ units: 1, name: 'sum' }).apply(joined);
  const kind = tf.layers.dense({ units: 3, activation: 'softmax', name: 'kind' }).apply(joined);
  const model = tf.model({ inputs: [a, b], outputs: OUTPUTS });
  return model;
}`;

describe('models and data of every shape are trained', () => {
  test('several inputs, in order or by name, of which the names count', async () => {
    const inOrder = await measuresOf({
      model: TWO_INPUTS.replace('OUTPUTS', 'sum'),
      data: `export const loadData = () => ({
        inputs: [tf.tensor(n.map((i) => [i % 5, i % 3])), tf.tensor(n.map((i) => [1, i % 2, 0]))],
        targets: n.map((i) => (i % 5) - (i % 2) * 1.5) });`,
    });
    const byName = await measuresOf({
      model: TWO_INPUTS.replace('OUTPUTS', 'sum'),
      data: `export const loadData = () => ({
        inputs: { right: n.map((i) => [1, i % 2, 0]), left: n.map((i) => [i % 5, i % 3]) },
        targets: n.map((i) => (i % 5) - (i % 2) * 1.5) });`,
    });
    assert.equal(inOrder['val_loss'], byName['val_loss']);
  });

  test('several outputs with a loss and a metric each; the loss is their sum', async () => {
    const measures = await measuresOf(
      {
        model: TWO_INPUTS.replace('OUTPUTS', '[sum, kind]').replace(
          'return model',
          `model.compile({ optimizer: 'adam',
            loss: ['meanSquaredError', 'categoricalCrossentropy'] }); return model`,
        ),
        data: `export const loadData = () => ({
          inputs: { left: n.map((i) => [i % 5, i % 3]), right: n.map((i) => [1, i % 2, 0]) },
          targets: { kind: n.map((i) => i % 3), sum: n.map((i) => (i % 5) - 0.5) } });`,
      },
      { metrics: ['sum_rmse', 'kind_f1'] },
    );
    const { val_sum_loss: sum = NaN, val_kind_loss: kind = NaN } = measures;
    assert.ok(Math.abs((measures['val_loss'] ?? NaN) - sum - kind) < 1e-6);
    assert.ok(Math.abs((measures['val_sum_rmse'] ?? NaN) - Math.sqrt(sum)) < 1e-6);
    for (const key of ['sum_mae', 'kind_accuracy', 'val_kind_accuracy', 'val_kind_f1'])
      assert.ok(Number.isFinite(measures[key]), key);
  });

  test('labels that may hold together: rows of 0 and 1 on several sigmoids', async () => {
    const measures = await measuresOf(
      {
        model: `export function buildModel({ inputShape, outputUnits }) {
          const model = tf.sequential({ layers: [
            tf.layers.dense({ inputShape, units: outputUnits, activation: 'sigmoid' })] });
          model.compile({ optimizer: tf.train.adam(0.05), loss: 'binaryCrossentropy' });
          return model; }`,
        data: `export const loadData = () => ({ inputs: n.map((i) => [i % 2, i % 3 === 0]),
          targets: n.map((i) => [i % 2, Number(i % 3 === 0), i % 2]) });`,
      },
      { epochs: 40, metrics: ['f1', 'auc', 'precision', 'recall'] },
    );
    assert.ok((measures['val_accuracy'] ?? 0) > 0.9, JSON.stringify(measures));
    assert.equal(measures['val_auc'], 1);
    assert.equal(measures['fit_loss'], undefined);
  });

  test('targets are images: an autoencoder learns its input', async () => {
    const measures = await measuresOf({
      model: `export function buildModel({ inputShape }) {
        const layer = (more) => tf.layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same', ...more });
        const model = tf.sequential({ layers: [layer({ inputShape, filters: 4 }), layer({})] });
        model.compile({ optimizer: 'adam', loss: 'meanSquaredError' }); return model; }`,
      data: `export const loadData = () => { const x = tf.randomUniform([60, 8, 8, 1], 0, 1, 'float32', 3);
        return { inputs: x, targets: x }; };`,
    });
    assert.ok(Number.isFinite(measures['val_r2']));
  });

  for (const loss of ['sparseCategoricalCrossentropy', 'categoricalCrossentropy'])
    test(`a sequence of classes with ${loss} has a perplexity`, async () => {
      const measures = await measuresOf(
        {
          model: `export function buildModel() {
            const model = tf.sequential({ layers: [
              tf.layers.embedding({ inputDim: 6, outputDim: 4, inputLength: 5 }),
              tf.layers.simpleRNN({ units: 8, returnSequences: true }),
              tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 6, activation: 'softmax' }) })] });
            model.compile({ optimizer: 'adam', loss: '${loss}' }); return model; }`,
          data: `const word = (i, k) => (i + k) % 6;
            export const loadData = () => ({ task: 'classification',
            inputs: n.map((i) => [0, 1, 2, 3, 4].map((k) => word(i, k))),
            targets: n.map((i) => [1, 2, 3, 4, 5].map((k) => word(i, k))) });`,
        },
        { metrics: ['perplexity', 'top3'] },
      );
      const { val_loss: val = NaN, val_perplexity: perplexity = NaN } = measures;
      assert.ok(Math.abs(Math.exp(val) - perplexity) < 1e-4 * perplexity);
      assert.ok((measures['val_top3'] ?? -1) >= (measures['val_accuracy'] ?? 2));
    });

  test('weights of rows and classes: what counts nothing is not learned', async () => {
    const measures = await measuresOf(
      {
        model: `export function buildModel({ inputShape }) {
          const model = tf.sequential({ layers: [tf.layers.dense({ inputShape, units: 1 })] });
          model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' }); return model; }`,
        data: `export const loadData = () => {
          const odd = (i) => i % 2;
          return { train: { inputs: n.map(() => [1]), targets: n.map((i) => odd(i) * 10),
              weights: n.map(odd) },
            validation: { inputs: [[1], [1]], targets: [10, 10.001] }, task: 'regression' }; };`,
      },
      { epochs: 40 },
    );
    assert.ok((measures['val_loss'] ?? 1) < 0.01, JSON.stringify(measures));
  });

  test("a metric of the user's own, by its name in metrics.ts, may be the objective", async () => {
    const measures = await measuresOf(
      {
        model: `export function buildModel({ inputShape }) {
          return tf.sequential({ layers: [tf.layers.dense({ inputShape, units: 1 })] }); }`,
        data: `export const loadData = () => ({ inputs: n.map((i) => [i % 7]),
          targets: n.map((i) => (i % 7) * 0.5) });`,
        more: {
          'metrics.ts': `export const within = (predictions: number[][], targets: number[][]): number =>
            predictions.filter(([p], i) => Math.abs(p! - targets[i]![0]!) < 1e9).length / targets.length;`,
        },
      },
      { objective: { metric: 'val_within', direction: 'maximize' }, metrics: ['rmse', 'pearson'] },
    );
    assert.equal(measures['val_within'], 1);
    assert.ok(
      Math.abs(Math.sqrt(measures['val_loss'] ?? NaN) - (measures['val_rmse'] ?? 0)) < 1e-5,
    );
  });
});
