import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../cli/cortex.ts';
import { dense, inFolder, rows, TF } from './publicCode.ts';

// What a new user's first minute looked like on public TensorFlow.js code, one fault a case.

interface Case {
  readonly name: string;
  readonly model: string;
  readonly data: string;
}

const TRAINED: readonly Case[] = [
  {
    name: 'one sigmoid unit tells two classes apart',
    model: `export function buildModel({ inputShape }) { const model = tf.sequential();
      model.add(${dense("inputShape, units: 1, activation: 'sigmoid'")});
      model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' }); return model; }`,
    data: rows('i % 2'),
  },
  {
    name: 'a method that sets this.model',
    model: `export class Net { model = null; async buildModel() { this.model = tf.sequential();
      this.model.add(${dense("inputShape: [4], units: 3, activation: 'softmax'")}); } }`,
    data: rows('i % 3'),
  },
  {
    name: 'arguments in order, filled by name',
    model: `export function buildModel(inputShape, numClasses) { const model = tf.sequential();
      model.add(${dense("inputShape, units: numClasses, activation: 'softmax'")}); return model; }`,
    data: rows('i % 3'),
  },
  {
    name: 'two inputs',
    model: `export function buildModel() {
      const a = tf.input({ shape: [2] }), b = tf.input({ shape: [3] });
      const both = tf.layers.concatenate().apply([a, b]);
      return tf.model({ inputs: [a, b], outputs: ${dense('units: 1')}.apply(both) }); }`,
    data: `${TF}export function loadData() { return { inputs: [tf.randomUniform([60, 2]),
      tf.randomUniform([60, 3])], targets: tf.randomUniform([60, 1]) }; }`,
  },
  {
    name: 'targets that are the input images',
    model: `export function buildModel({ inputShape }) { const model = tf.sequential();
      model.add(tf.layers.conv2d({ inputShape, filters: 1, kernelSize: 3, padding: 'same' }));
      model.compile({ optimizer: 'adam', loss: 'meanSquaredError' }); return model; }`,
    data: `${TF}export function loadData() { const x = tf.randomUniform([60, 8, 8, 1]);
      return { inputs: x, targets: x, task: 'regression' }; }`,
  },
  {
    name: 'a model within a model',
    model: `export function buildModel({ inputShape, outputUnits }) {
      const base = tf.sequential({ layers: [${dense('inputShape, units: 8')}] });
      const input = tf.input({ shape: inputShape });
      const output = ${dense("units: outputUnits, activation: 'softmax'")}.apply(base.apply(input));
      return tf.model({ inputs: input, outputs: output }); }`,
    data: rows('i % 3'),
  },
  {
    name: 'whole numbers that are a quantity: one linear unit decides',
    model: `export function buildModel({ inputShape }) { const model = tf.sequential();
      model.add(${dense('inputShape, units: 1')}); return model; }
      export async function train(model, xs, ys) {
        model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanAbsoluteError' });
        return model.fit(xs, ys, { epochs: 20 }); }`,
    data: rows('(i % 5) + (i % 3)'),
  },
];

describe('builders and data of public code train as found', () => {
  for (const { name, model, data } of TRAINED)
    test(name, () =>
      inFolder({ 'model.mjs': TF + model, 'data.mjs': data }, async (run) => {
        const { code, stdout, stderr } = await run('train', 'model.mjs');
        assert.equal(code, 0, stderr);
        assert.match(stdout, /val_loss/);
      }),
    );

  test('a saved model beside a data module, frozen, with a new head', () =>
    inFolder(
      {
        'data.mjs': rows('i % 3'),
        'model.mjs': `${TF}export async function buildModel({ outputUnits }) {
          const base = await tf.loadLayersModel(
            'file://' + new URL('./base/model.json', import.meta.url).pathname);
          base.trainable = false;
          const out = ${dense("units: outputUnits, activation: 'softmax'")}.apply(base.outputs[0]);
          return tf.model({ inputs: base.inputs, outputs: out }); }`,
        'base/model.json': savedModel,
      },
      async (run, folder) => {
        await writeFile(join(folder, 'base', 'weights.bin'), new Float32Array(10).fill(0.5));
        const { code, stderr, stdout } = await run('train', 'model.mjs');
        assert.equal(code, 0, stderr);
        assert.match(stdout, /val_loss/);
      },
    ));

  test('a stream without an end is told at once', () =>
    inFolder(
      {
        'model.mjs': `${TF}export function buildModel({ inputShape, outputUnits }) {
          return tf.sequential({ layers: [
            ${dense("inputShape, units: outputUnits, activation: 'softmax'")}] }); }`,
        'data.mjs': `${TF}function* rows() { for (let i = 0; ; i++)
            yield { xs: tf.tensor1d([i % 3, 1]), ys: tf.tensor1d([Number(i % 2), 1 - (i % 2)]) }; }
          export const loadData = () => ({ train: tf.data.generator(rows).batch(16),
            validation: tf.data.generator(rows).take(60).batch(16) });`,
      },
      async (run) => {
        const { code, stderr } = await run('train', 'model.mjs');
        assert.notEqual(code, 0);
        assert.match(stderr, /does not end/);
        assert.match(stderr, /steps/);
      },
    ));

  test('the printed difference of a helper that builds applies with git', () =>
    inFolder(
      {
        'data.mjs': rows('i % 3'),
        'model.mjs': `${TF}function createModel(inputDim, classes) {
  const model = tf.sequential();
  model.add(${dense("inputShape: [inputDim], units: 8, activation: 'relu'")});
  model.add(${dense("units: classes, activation: 'softmax'")});
  return model;
}
export function buildModel({ inputShape, outputUnits }) {
  return createModel(inputShape[0], outputUnits);
}
`,
      },
      async (run, folder) => {
        const { stdout } = await run('propose', 'model.mjs', '--count', '2', '--json');
        const { proposals } = JSON.parse(stdout) as { proposals: readonly { diff: string }[] };
        assert.equal(proposals.length, 2);
        await writeFile(join(folder, 'change.diff'), proposals[0]?.diff ?? '');
        await git(folder, 'apply', 'change.diff');
        assert.match(await git(folder, 'status', '--short'), /M model\.mjs/);
      },
    ));
});

const savedModel = JSON.stringify({
  modelTopology: {
    class_name: 'Sequential',
    config: {
      name: 'base',
      layers: [
        {
          class_name: 'Dense',
          config: { name: 'd', units: 2, activation: 'relu', batch_input_shape: [null, 4] },
        },
      ],
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  },
  weightsManifest: [
    {
      paths: ['weights.bin'],
      weights: [
        { name: 'd/kernel', shape: [4, 2], dtype: 'float32' },
        { name: 'd/bias', shape: [2], dtype: 'float32' },
      ],
    },
  ],
});
