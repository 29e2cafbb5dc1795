import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import type { BuilderChoice } from '../../../src/model/modelFile.ts';
import { lensOf } from '../../../src/model/lens/lens.ts';
import { loadSyntax, spec } from './support.ts';

const syntax = await loadSyntax();

const IMPORT = "import * as tf from '@tensorflow/tfjs';\n";

const LAYERS = `const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [4], units: 8, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));`;

function read(text: string, choice: BuilderChoice = {}): Architecture {
  const found = syntax.read(IMPORT + text, 'javascript', choice);
  assert.ok(found.ok, found.ok ? '' : found.error.message);
  return found.value;
}

const types = ({ layers }: Architecture): string => layers.map(({ type }) => type).join(' ');

/** A builder as public code has it, and the name it is found by. */
const FORMS: Readonly<Record<string, readonly [string, string]>> = {
  'an alias': [
    'createIt',
    `function createIt() { ${LAYERS} return model; }\nexport { createIt as buildModel };`,
  ],
  'an alias of CommonJS': [
    'createIt',
    `function createIt() { ${LAYERS} return model; }\nmodule.exports = { buildModel: createIt };`,
  ],
  'another name': ['createModel', `export function createModel() { ${LAYERS} return model; }`],
  'a function that is not exported': [
    'getNet',
    `const getNet = () => { ${LAYERS} return model; };`,
  ],
  'statements at the top': ['model', `${LAYERS}\nmodel.compile({ optimizer: 'adam' });`],
  'a function that trains': [
    'run',
    `async function run(xs, ys) { ${LAYERS} await model.fit(xs, ys); return 1; }`,
  ],
  'a class that keeps its model': [
    'Net.buildModel',
    `export class Net { units = 8; buildModel() { this.model = tf.sequential();
      this.model.add(tf.layers.dense({ inputShape: [4], units: this.units }));
      this.model.add(tf.layers.dense({ units: 3 })); } }`,
  ],
  'a constructor that tidies up behind itself': [
    'Net',
    `class Net { constructor(outputs) { this.wide = 8; tf.tidy(() => {
      const hidden = tf.layers.dense({ inputShape: [4], units: this.wide });
      this.model = tf.sequential();
      this.model.add(hidden);
      this.model.add(tf.layers.dense({ units: outputs })); }); } }`,
  ],
  'a library kept as a field': [
    'Net.buildModel',
    `class Net extends Base { buildModel() { const tf = this.tf;
      const first = tf.layers.dense({ inputShape: [4], units: 8 });
      return tf.sequential({ layers: [first, tf.layers.dense({ units: 3 })] }); } }`,
  ],
  'a class that is a model': [
    'Net',
    `export class Net extends tf.Sequential { constructor() { super();
      this.add(tf.layers.dense({ inputShape: [4], units: 8 }));
      this.add(tf.layers.dense({ units: 3 })); } }`,
  ],
};

describe('builders as public code has them', () => {
  for (const [form, [name, text]] of Object.entries(FORMS)) {
    test(form, () => {
      const architecture = read(text);
      assert.equal(architecture.builder.name, name);
      assert.equal(types(architecture), 'dense dense');
      assert.equal(architecture.style, 'sequential');
    });
  }

  test('a helper that the builder calls is edited where it stands', () => {
    const text = `${IMPORT}function create(size) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [4], units: size }));
  model.add(tf.layers.dense({ units: 3 }));
  return model;
}
export const buildModel = () => create(8);
`;
    const found = syntax.read(text, 'javascript');
    assert.ok(found.ok);
    assert.equal(found.value.scope?.length, 1);
    const dropout = spec('dropout', { rate: { kind: 'number', value: 0.2 } });
    const written = syntax.write(text, found.value, [
      { kind: 'insertLayers', after: 0, layers: [dropout] },
    ]);
    assert.ok(written.ok, written.ok ? '' : written.error.message);
    assert.match(written.value, /units: size \}\)\);\n {2}model\.add\(tf\.layers\.dropout/);
  });

  test('a method that the constructor calls twice is edited where it stands', () => {
    const architecture = read(`class Agent {
      constructor() { this.model = this.createModel(); this.target = this.createModel(); }
      createModel() { ${LAYERS} return model; }
    }`);
    assert.deepEqual(
      architecture.layers.map(({ conditional }) => conditional),
      [false, false],
    );
  });

  test('one line in a loop or a helper changes for all of its layers', () => {
    const text = `${IMPORT}const block = (x, units) =>
  tf.layers.dense({ units, activation: 'relu' }).apply(x);
export function buildModel() {
  const input = tf.input({ shape: [4] });
  const x = block(block(input, 8), 16);
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3 }).apply(x) });
}
`;
    const found = syntax.read(text, 'javascript');
    assert.ok(found.ok);
    assert.deepEqual(
      found.value.layers.map(({ conditional, writable }) => [conditional, writable === true]),
      [
        [false, false],
        [true, true],
        [true, true],
        [false, false],
      ],
    );
    assert.equal(found.value.scope?.[0]?.startLine, 2, 'the helper is in reach of a proposal');
    const elu = { kind: 'string', value: 'elu' } as const;
    const written = syntax.write(text, found.value, [
      { kind: 'setArgument', layer: 1, name: 'activation', value: elu },
    ]);
    assert.ok(written.ok, written.ok ? '' : written.error.message);
    assert.equal(written.value, text.replace("'relu'", "'elu'"));
  });

  test('what is added behind layers of a loop stands in front of the layer that follows', () => {
    const text = `${IMPORT}export function buildModel(sizes) {
  const model = tf.sequential();
  for (const units of sizes) model.add(tf.layers.lstm({ units, returnSequences: true }));
  model.add(tf.layers.dense({ units: 3 }));
  return model;
}
`;
    const found = syntax.read(text, 'javascript');
    assert.ok(found.ok);
    const dropout = spec('dropout', { rate: { kind: 'number', value: 0.2 } });
    const written = syntax.write(text, found.value, [
      { kind: 'insertLayers', after: 0, layers: [dropout] },
    ]);
    assert.ok(written.ok, written.ok ? '' : written.error.message);
    assert.match(written.value, /tf\.layers\.dropout\(.*\n {2}model\.add\(tf\.layers\.dense/);
  });

  test('a model within a model is shown by its layers', () => {
    const architecture = read(`export function buildModel() {
      const base = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 8 })] });
      const input = tf.input({ shape: [4] });
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3 }).apply(base.apply(input)) });
    }`);
    assert.equal(types(architecture), 'inputLayer dense dense');
    assert.equal(architecture.unfollowed, undefined);
  });

  test('a switch is followed where its argument is known, and told where it is not', () => {
    const text = `export function buildModel(kind, units) {
      const model = tf.sequential();
      switch (kind) {
        case 'gru': model.add(tf.layers.gru({ units, inputShape: [5, 2] })); break;
        case 'lstm': model.add(tf.layers.lstm({ units, inputShape: [5, 2] })); break;
        default: throw new Error(kind);
      }
      model.add(tf.layers.dense({ units: 1 }));
      return model;
    }`;
    assert.equal(types(read(text, { arguments: { kind: 'lstm', units: 4 } })), 'lstm dense');
    const unknown = read(text);
    assert.equal(types(unknown), 'gru lstm dense');
    assert.deepEqual(
      unknown.misses?.map(({ line }) => line),
      [4],
    );
  });

  test('a compile elsewhere in the file is found, and edited there', () => {
    const text = `${IMPORT}export function buildModel() { ${LAYERS} return model; }
export function train(model) { model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' }); }
`;
    const found = syntax.read(text, 'javascript');
    assert.ok(found.ok);
    assert.equal(found.value.compile?.elsewhere, 'train');
    assert.equal(found.value.compile.optimizer?.learningRate, 0.05);
    const written = syntax.write(text, found.value, [
      {
        kind: 'setCompile',
        optimizer: { type: 'sgd', learningRate: 0.01 },
        fallback: { optimizer: { type: 'adam', learningRate: 0.001 }, loss: 'meanSquaredError' },
      },
    ]);
    assert.ok(written.ok && /tf\.train\.sgd\(0\.01\)/.test(written.value));
  });

  test('of several builders one is named, in words that help', () => {
    const text = `export function createA() { ${LAYERS} return model; }
      export function createB() { ${LAYERS} return model; }`;
    const refused = syntax.read(IMPORT + text, 'javascript');
    assert.ok(!refused.ok);
    assert.match(refused.error.message, /"builder": "createA"/);
    assert.equal(read(text, { builder: 'createB' }).builder.name, 'createB');
    const missing = syntax.read(IMPORT + text, 'javascript', { builder: 'createC' });
    assert.ok(!missing.ok);
    assert.match(missing.error.message, /`createA` \(line 2\), `createB` \(line 5\)/);
  });
});

describe('parameters that the data fill, under names of their own', () => {
  const data = { inputShape: [4, 2], outputUnits: 3 };
  const FORMS: Readonly<Record<string, string>> = {
    renamed: `export function buildModel({ inputShape: shape, outputUnits: classes }) {
      const m = tf.sequential(); m.add(tf.layers.flatten({ inputShape: shape }));
      m.add(tf.layers.dense({ units: classes })); return m; }`,
    'by other names': `export const createModel = (xShape, numClasses) => {
      const m = tf.sequential(); m.add(tf.layers.flatten({ inputShape: xShape }));
      m.add(tf.layers.dense({ units: numClasses })); return m; }`,
    'one of its sizes': `export const createModel = (height, channels, numClasses) => {
      const m = tf.sequential(); m.add(tf.layers.flatten({ inputShape: [height, channels] }));
      m.add(tf.layers.dense({ units: numClasses })); return m; }`,
  };
  for (const [form, text] of Object.entries(FORMS))
    test(form, () => {
      const { parameters, flops } = lensOf(read(text), data);
      assert.equal(parameters, 8 * 3 + 3);
      assert.equal(flops, 2 * 8 * 3 + 3);
    });
});

describe('what a worker runs', () => {
  const runnable = (text: string, choice: BuilderChoice = {}): string => {
    const made = syntax.runnable(text, 'javascript', choice);
    assert.ok(made !== null);
    return made;
  };

  test('what the builder does not need is left out, and every line stays where it was', () => {
    const text = `${IMPORT}import { show } from './ui.js';
const UNITS = 8;
document.title = 'net';
export function buildModel(inputShape, numClasses) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape, units: UNITS }));
  model.add(tf.layers.dense({ units: numClasses }));
  return model;
}
show(buildModel([4], 3));
`;
    const lines = runnable(text).split('\n');
    assert.deepEqual(
      lines.slice(0, 5).map((line) => line.trim()),
      [IMPORT.trim(), '', 'const UNITS = 8;', '', text.split('\n')[4]],
    );
    assert.match(lines.at(-2) ?? '', /buildModel\(inputShape, outputUnits\)/);
  });

  test('arguments that nobody gives are named', () => {
    const text = `${IMPORT}export function buildModel(inputShape, hiddenSize) { ${LAYERS} return model; }\n`;
    assert.match(runnable(text), /What `hiddenSize` of the builder is, nobody says/);
    assert.match(runnable(text, { arguments: { hiddenSize: 32 } }), /buildModel\(inputShape, 32\)/);
  });

  test('a function that trains is cut behind its model', () => {
    const text = `${IMPORT}async function run(xs) {\n  ${LAYERS}\n  await model.fit(xs, xs);\n}\nrun();\n`;
    const made = runnable(text);
    assert.match(made, /return model;/);
    assert.ok(!made.includes('fit('));
  });

  test('so is one that gives its model back when it is trained', () => {
    const text = `${IMPORT}const train = async (xs) => {\n  ${LAYERS}\n  const box = document.body;
  await model.fit(xs, xs);\n  return model;\n};\n`;
    const made = runnable(text);
    assert.match(made, /softmax' \}\)\);;return model;/);
    assert.doesNotMatch(made, /fit\(|document/);
  });
});
