import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builderLine } from '../../../src/hosts/vscode/study/builderText.ts';

const found: readonly (readonly [form: string, text: string, line: number])[] = [
  ['a function', '\nexport function buildModel({ inputShape }) {', 2],
  ['an async function', 'export async function build_model(shapes) {', 1],
  ['a default export', 'export default function buildModel() {', 1],
  [
    'an arrow function',
    '// first\nexport const buildModel = ({ inputShape }: Shapes): tf.LayersModel => {',
    2,
  ],
  ['a typed constant', 'const buildModel: Builder = (shapes) => tf.sequential();', 1],
  ['a CommonJS export', 'module.exports.buildModel = function (shapes) {', 1],
  [
    'a method',
    'export class Net {\n  buildModel({ inputShape, outputUnits }: Shapes): tf.LayersModel {\n',
    2,
  ],
  [
    'a static method over several lines',
    'class Net {\n  public static build_model(\n    shapes: Shapes,\n  ): tf.LayersModel {\n',
    2,
  ],
  ['an arrow property', 'class Net {\n  buildModel = (shapes) => {\n', 2],
  [
    'a function of another name that makes a model',
    "const tf = require('@tensorflow/tfjs');\n\nfunction createModel() {\n  const model = tf.sequential();\n",
    3,
  ],
  [
    'an arrow function that makes one',
    "import { layers, sequential } from '@tensorflow/tfjs';\nconst net = (units: number) =>\n  sequential({ layers: [] });\n",
    2,
  ],
  ['a model at the top of a file', 'const x = 1;\nconst model = tf.model({ inputs, outputs });', 2],
  ['Windows line ends', 'const a = 1;\r\nexport function buildModel() {\r\n}', 2],
];

const absent: readonly (readonly [form: string, text: string])[] = [
  ['a call', 'const model = make();\n  buildModel(shapes);\n'],
  ['an import', "import { buildModel } from './model';"],
  ['a longer name', 'function buildModels() {}'],
  ['a comment', '// function buildModel() {\n/** buildModel is elsewhere */\n'],
  ['a comment on a model', '// const model = tf.sequential();\n * tf.model({})\n'],
  ['another kind of model', 'const model = db.model({ name: 1 });\nsequential(steps);'],
  ['a model that is loaded', "const model = await tf.loadLayersModel('file://model.json');"],
  ['nothing of the kind', 'export const answer = 42;'],
];

describe('the cheap look for a builder', () => {
  for (const [form, text, line] of found)
    test(`finds ${form}`, () => {
      assert.equal(builderLine(text, false, []), line);
    });
  for (const [form, text] of absent)
    test(`passes over ${form}`, () => {
      assert.equal(builderLine(text, false, []), null);
    });

  test('finds Python builders, and them alone, in Python', () => {
    assert.equal(builderLine('import keras\n\ndef build_model(hp):\n', true, []), 3);
    assert.equal(builderLine('class Net:\n    def build_model(self):\n', true, []), 2);
    assert.equal(builderLine('model = build_model(4)\n', true, []), null);
  });

  test('finds functions and classes of Python that make a model', () => {
    const keras =
      'from tensorflow import keras\n\ndef make(units):\n    return keras.Sequential([])\n';
    assert.equal(builderLine(keras, true, []), 3);
    const torch = 'import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    pass\n';
    assert.equal(builderLine(torch, true, []), 4);
    assert.equal(builderLine('import keras\nm = keras.models.Sequential()\n', true, []), 2);
    assert.equal(builderLine('class User(db.Model):\n    pass\n', true, []), null);
    assert.equal(builderLine('import keras\n# Sequential(\n', true, []), null);
  });

  test('takes further names as they are, not as patterns', () => {
    assert.equal(builderLine('function make$Net() {', false, ['make$Net']), 1);
    assert.equal(builderLine('function makeXNet() {', false, ['make.Net']), null);
  });

  test('is quick on a large file of something else', () => {
    const text = `${'  call(value, { a: 1 }) ;\n'.repeat(40_000)}// buildModel`;
    const start = performance.now();
    assert.equal(builderLine(text, false, []), null);
    assert.ok(performance.now() - start < 500);
  });
});
