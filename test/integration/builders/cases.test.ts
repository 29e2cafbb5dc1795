import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cortex, git, type Run } from '../cli/cortex.ts';
import { makeFolder } from '../trainer/harness.ts';

// What a new user's first minute looked like on public TensorFlow.js code, one fault a case.

const TF = `import * as tf from '@tensorflow/tfjs';\n`;

const ROWS = `export function loadData() { const inputs = [], targets = [];
  for (let i = 0; i < 90; i++) { inputs.push([i % 3, (i * 7) % 5, (i * 3) % 4, i % 2]);
    targets.push(TARGET); } return { inputs, targets TASK }; }`;

const rows = (target: string, task = ''): string =>
  ROWS.replace('TARGET', target).replace('TASK', task);

const dense = (more: string): string => `tf.layers.dense({ ${more} })`;

/** Runs the terminal program in a repository of its own that holds these files. */
async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (run: (...args: readonly string[]) => Promise<Run>, folder: string) => Promise<T>,
): Promise<T> {
  const { folder, remove } = await makeFolder({
    'cortex.json': '{ "epochs": 2, "seeds": 1 }',
    ...files,
  });
  try {
    await git(folder, 'init', '-q');
    await git(folder, 'add', '-A');
    await git(folder, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'files');
    return await use((...args) => cortex(folder, ...args, '--runtime', 'wasm'), folder);
  } finally {
    await remove();
  }
}

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

/** The diff that is proposed first, and what is said for it. */
const firstProposal = async (
  run: (...args: readonly string[]) => Promise<Run>,
): Promise<{ readonly diff: string; readonly reasoning: string }> => {
  const { stdout, stderr } = await run('propose', 'model.mjs', '--json');
  const { proposals } = JSON.parse(stdout) as {
    proposals: readonly { diff: string; reasoning: string }[];
  };
  assert.ok(proposals[0], stderr);
  return proposals[0];
};

describe('builders of public code: what is read, said and proposed', () => {
  const compiledElsewhere = `${TF}export function buildModel({ inputShape }) {
  const model = tf.sequential();
  model.add(${dense("inputShape, units: 8, activation: 'sigmoid'")});
  model.add(${dense('units: 1')});
  return model;
}
export async function train(model, xs, ys) {
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanAbsoluteError' });
  return model.fit(xs, ys, { epochs: 20 });
}
`;

  test('a compile elsewhere is what trains, and what is edited', () =>
    inFolder(
      { 'model.mjs': compiledElsewhere, 'data.mjs': rows('(i % 5) + (i % 3) + 0.5') },
      async (run) => {
        const { stdout } = await run('inspect', 'model.mjs');
        assert.match(stdout, /Compiled in line 9, outside of the builder/);
        const goal = ['--goal', 'raise the learning rate'];
        const { diff, reasoning } = await firstProposal((...args) => run(...args, ...goal));
        assert.match(diff, /-.*tf\.train\.sgd\(0\.05\)/);
        assert.match(reasoning, /no training log yet.* where the run still improves/i);
      },
    ));

  test('an alias is a builder: it is found, trained and edited under its own name', () =>
    inFolder(
      {
        'model.mjs': `${TF}function createModel() {
  const model = tf.sequential();
  model.add(${dense("inputShape: [4], units: 3, activation: 'softmax'")});
  return model;
}
export { createModel as buildModel };
`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        assert.match((await run('inspect', 'model.mjs')).stdout, /^createModel in model\.mjs/);
        const { code, stderr } = await run('train', 'model.mjs');
        assert.equal(code, 0, stderr);
        assert.match((await firstProposal(run)).diff, /\+ {2}model\.compile\(/);
      },
    ));

  test('a page of a browser is named with its line, and what to do', () =>
    inFolder(
      {
        'model.mjs': `${TF}import { status } from './ui.mjs';
export function buildModel({ inputShape, outputUnits }) {
  status('building');
  return tf.sequential({ layers: [${dense("inputShape, units: outputUnits, activation: 'softmax'")}] });
}
`,
        'ui.mjs': `const place = document.getElementById('status');
export const status = (text) => { place.textContent = text; };
`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        const { code, stderr } = await run('inspect', 'model.mjs');
        assert.notEqual(code, 0);
        assert.match(stderr, /ui\.mjs, line 1, needs a browser \(document\)/);
        assert.match(stderr, /Move the builder into a file of its own/);
      },
    ));

  test('a model that has learned nothing is not held back', () =>
    inFolder(
      {
        'cortex.json': '{ "epochs": 3, "seeds": 1, "judge": { "maxSeeds": 2 } }',
        'model.mjs': `${TF}export function buildModel({ inputShape }) {
  const model = tf.sequential();
  model.add(${dense("inputShape, units: 12, activation: 'sigmoid'")});
  model.add(${dense("units: 12, activation: 'sigmoid'")});
  model.add(${dense('units: 1')});
  model.compile({ optimizer: tf.train.sgd(0.0001), loss: 'meanSquaredError' });
  return model;
}
`,
        'data.mjs': rows('(i % 3) * 1.5 + ((i * 7) % 5) * 0.25'),
      },
      async (run) => {
        const improved = await run('improve', 'model.mjs', '--rounds', '2');
        assert.match(improved.stdout, /no better than always giving the same answer/);
        const { stdout } = await run('history', 'model.mjs', '--json');
        const { attempts } = JSON.parse(stdout) as {
          attempts: readonly { operator: string | null }[];
        };
        const operators = attempts.flatMap(({ operator }) => operator ?? []);
        assert.ok(operators.length >= 2, operators.join());
        assert.doesNotMatch(operators.join(), /dropout|l1|l2|penalty|narrow|remove-layer/);
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
