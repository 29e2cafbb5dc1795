import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { lensOf, type Lens } from '../../../src/model/lens/lens.ts';
import type { DataShape } from '../../../src/model/lens/shape.ts';
import { layerRows, layerText, summaryText } from '../../../src/model/lens/layerText.ts';
import { flopsText, memoryText, shapeText } from '../../../src/model/lens/words.ts';
import { languageOf } from '../../../src/model/modelFile.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { imageData, sequential, type Written } from '../operators/architectures.ts';
import { fixture, loadSyntax, readOk } from '../syntax/support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const ofText = (text: string, name = 'model.ts', data: DataShape | null = null): Lens =>
  lensOf(readOk(syntax, text, languageOf(name) ?? 'typescript'), data);
const ofFixture = (name: string, data: DataShape | null): Lens =>
  ofText(fixture(name).text, name, data);
const rows = ({ layers }: Lens): unknown[] =>
  layers.map(({ outputShape, parameters }) => [outputShape, parameters]);

describe('the lens on a builder', () => {
  test('a multiply–add is two operations; biases, activations and pooling as TensorFlow counts them', () => {
    const flops = (layers: readonly Written[]) =>
      lensOf(sequential(layers), imageData).layers.map((layer) => layer.flops);
    assert.deepEqual(
      flops([
        ['conv2d', { filters: 8, kernelSize: 3, activation: 'relu', inputShape: '=inputShape' }],
        ['maxPooling2d', { poolSize: 2 }],
        ['batchNormalization'],
        ['flatten'],
        ['dense', { units: '=outputUnits', activation: 'softmax' }],
      ]),
      [2 * 9 * 288 + 288 + 288, 4 * 72, 2 * 72, 0, 2 * 72 * 10 + 10 + 5 * 10],
    );
    assert.deepEqual(flops([['lstm', { units: 3, inputShape: [6, 4] }]]), [
      6 * (4 * (2 * 7 * 3 + 3) + 9 * 3),
    ]);
  });

  test('what the source does not say is null, and so is every total over it', () => {
    const lens = ofFixture('mlp.ts', null);
    assert.deepEqual(rows(lens), [
      ['unknown', null],
      ['unknown', 0],
      ['unknown', null],
      ['unknown', null],
    ]);
    assert.deepEqual(
      { parameters: lens.parameters, flops: lens.flops },
      { parameters: null, flops: null },
    );
    assert.deepEqual(rows(ofFixture('mlp.ts', { inputShape: [20], outputUnits: 3 })), [
      [[64], 1344],
      [[64], 0],
      [[32], 2080],
      [[3], 99],
    ]);
  });

  test('a layer that cannot read what it is given is impossible, not guessed', () => {
    const lens = lensOf(
      sequential([['conv2d', { filters: 8, kernelSize: 9, inputShape: [8, 8, 1] }], ['flatten']]),
      null,
    );
    assert.deepEqual(rows(lens), [
      ['impossible', null],
      ['impossible', null],
    ]);
    assert.equal(shapeText('impossible'), 'cannot be built');
  });

  test('default values of the builder stand where nothing is handed in; the data goes before them', () => {
    const text = `import * as tf from '@tensorflow/tfjs';
      export function buildModel({ inputShape = [4], outputUnits = 2, width = 16 } = {}) {
        return tf.sequential({ layers: [tf.layers.dense({ units: width, inputShape }), tf.layers.dense({ units: outputUnits })] });
      }`;
    assert.deepEqual(rows(ofText(text, 'model.js')), [
      [[16], 80],
      [[2], 34],
    ]);
    assert.deepEqual(rows(ofText(text, 'model.js', { inputShape: [6], outputUnits: 1 })), [
      [[16], 112],
      [[1], 17],
    ]);
  });

  test('a layer applied twice is not counted twice', () => {
    const lens = ofText(`import * as tf from '@tensorflow/tfjs';
      export function buildModel() {
        const input = tf.input({ shape: [4] });
        const shared = tf.layers.dense({ units: 4 });
        return tf.model({ inputs: input, outputs: shared.apply(shared.apply(input)) });
      }`);
    assert.deepEqual(
      lens.layers.map(({ parameters }) => parameters),
      [0, null, null],
    );
  });

  test('PyTorch layers say what they read', () => {
    const lens = ofText(
      `import torch.nn as nn
def build_model():
    return nn.Sequential(nn.Linear(4, 64), nn.ReLU(), nn.Linear(64, 3, bias=False), nn.BatchNorm1d(3))
`,
      'model.py',
    );
    assert.deepEqual(
      lens.layers.map(({ parameters }) => parameters),
      [320, 0, 192, 6],
    );
    const images = ofText(
      'import torch.nn as nn\ndef build_model():\n    return nn.Sequential(nn.Conv2d(1, 8, ' +
        '3), nn.Flatten(), nn.Linear(5408, 10))\n',
      'model.py',
    );
    assert.deepEqual(
      images.layers.map(({ parameters }) => parameters),
      [80, 0, 54090],
    );
  });

  test("Keras' GRU has two biases, TensorFlow.js' one", () => {
    const python = ofText(
      'import keras\ndef build_model():\n    return keras.Sequential([keras.Input(shape=(6, ' +
        '4)), keras.layers.GRU(3)])\n',
      'model.py',
    );
    assert.deepEqual(rows(python), [
      [[6, 4], 0],
      [[3], 3 * (7 * 3 + 6)],
    ]);
    assert.deepEqual(rows(lensOf(sequential([['gru', { units: 3, inputShape: [6, 4] }]]), null)), [
      [[3], 3 * (7 * 3 + 3)],
    ]);
  });
});

test('sizes as people say them', () => {
  assert.deepEqual([25_450, 80, 1e6].map(memoryText), ['99 KB', '0.31 KB', '3.8 MB']);
  assert.deepEqual([820, 97_344, 123_456, 5.4e9].map(flopsText), [
    '820 FLOPs',
    '97 kFLOPs',
    '123 kFLOPs',
    '5.4 GFLOPs',
  ]);
});

test('a layer in one line, and the model in one line', () => {
  const lens = lensOf(
    sequential([
      ['conv2d', { filters: 8, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }],
      ['flatten'],
      ['dense', { units: 10 }],
    ]),
    null,
  );
  assert.deepEqual(
    lens.layers.map((layer) => layerText(layer, lens)),
    [
      '→ [26, 26, 8] · 80 params · 108 kFLOPs · ≈50 %',
      '→ [5408]',
      '→ [10] · 54,090 params · 108 kFLOPs · ≈50 %',
    ],
  );
  assert.equal(summaryText(lens, 0.873), '3 layers · 54,170 parameters · 212 KB · 0.9 s/epoch');
  const unread = ofFixture('mlp.ts', null);
  assert.deepEqual(
    unread.layers.map((layer) => layerText(layer, unread)),
    [null, null, null, null],
  );
  assert.equal(summaryText(unread, null), '4 layers');
  const [first] = unread.layers;
  assert.deepEqual(first && layerRows(first, unread), [
    '**dense** → output shape unknown',
    '- parameters unknown',
    '- FLOPs unknown',
  ]);
});
