import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { fixture, layersOf, loadSyntax, readOk, words } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const read = (name: string): Architecture => {
  const { text, language } = fixture(name);
  return readOk(syntax, text, language);
};

const compileOf = ({ compile }: Architecture): string =>
  `${compile?.optimizer?.type} ${compile?.optimizer?.learningRate}, ` +
  `${compile?.loss ? words(compile.loss) : 'no loss'}`;

describe('builders in TypeScript and JavaScript', () => {
  test('a sequential list, with its lines', () => {
    const architecture = read('mlp.ts');
    assert.equal(architecture.style, 'sequential');
    assert.deepEqual(layersOf(architecture), [
      "0 dense(inputShape: `inputShape`, units: 64, activation: 'relu')",
      '1 dropout(rate: 0.2) ← 0',
      "2 dense(units: 32, activation: 'relu', kernelRegularizer: regularizers.l2(l2: 0.0001)) ← 1",
      "3 dense(units: `outputUnits`, activation: 'softmax') ← 2",
    ]);
    assert.equal(compileOf(architecture), "adam 0.01, 'categoricalCrossentropy'");
    assert.deepEqual(
      architecture.layers.map(({ range }) => [range.startLine, range.endLine]),
      [
        [13, 13],
        [14, 14],
        [16, 20],
        [21, 21],
      ],
    );
    const { range, name, kind } = architecture.builder;
    assert.deepEqual(
      { startLine: range.startLine, endLine: range.endLine, name, kind },
      { startLine: 10, endLine: 27, name: 'build_model', kind: 'function' },
    );
  });

  test('model.add, constants of the file, arithmetic on them, the optimiser in a variable', () => {
    const architecture = read('cnn.ts');
    assert.deepEqual(layersOf(architecture), [
      '0 conv2d(inputShape: `inputShape`, filters: 8 via FILTERS, kernelSize: 3, activation: ' +
        "'relu', padding: 'same')",
      '1 maxPooling2d(poolSize: 2) ← 0',
      "2 conv2d(filters: 16 via FILTERS, kernelSize: [3, 3], activation: 'relu', padding: " +
        "'same') ← 1",
      '3 flatten() ← 2',
      "4 dense(units: `outputUnits`, activation: 'softmax') ← 3",
    ]);
    assert.equal(compileOf(architecture), "adam 0.001, 'categoricalCrossentropy'");
  });

  test('constants on top and in the builder', () => {
    const architecture = read('constants.ts');
    assert.deepEqual(layersOf(architecture), [
      "0 dense(inputShape: `inputShape`, units: 64 via HIDDEN, activation: 'elu', " +
        'kernelRegularizer: regularizers.l2(l2: 0.001) via REGULARIZER)',
      '1 dropout(rate: 0.5 via DROPOUT) ← 0',
      "2 dense(units: 32 via narrow, activation: 'elu') ← 1",
      '3 dense(units: `outputUnits`) ← 2',
    ]);
    assert.equal(compileOf(architecture), "adam 0.02, 'meanSquaredError'");
  });

  test('a functional builder whose variable is reassigned, with a residual connection', () => {
    const architecture = read('functionalResidual.ts');
    assert.deepEqual(
      { style: architecture.style, kind: architecture.builder.kind },
      { style: 'functional', kind: 'arrow' },
    );
    assert.deepEqual(layersOf(architecture), [
      '0 inputLayer(shape: `inputShape`)',
      "1 dense(units: 32, activation: 'relu') ← 0",
      "2 dense(units: 32, activation: 'relu') ← 1",
      '3 add() ← 2,1',
      '4 layerNormalization() ← 3',
      '5 dense(units: `outputUnits`) ← 4',
    ]);
    assert.equal(architecture.compile, null);
  });

  test('names imported one by one, renamed, without semicolons', () => {
    const architecture = read('functionalConst.js');
    assert.deepEqual(layersOf(architecture), [
      '0 inputLayer(shape: `inputShape`)',
      "1 dense(units: 48, activation: 'tanh') ← 0",
      '2 dropout(rate: 0.1) ← 1',
      '3 concatenate() ← 2,0',
      '4 dense(units: `outputUnits`) ← 3',
    ]);
    assert.equal(compileOf(architecture), "sgd 0.05, 'meanSquaredError'");
  });

  test('nested apply and layers kept in variables: the order is that of the data', () => {
    const architecture = read('nestedApply.ts');
    assert.deepEqual(
      architecture.layers.map(({ type, range }) => `${type} ${range.startLine}`),
      ['inputLayer 4', 'dense 5', 'batchNormalization 7', 'dense 6', 'reLU 10', 'dense 10'],
    );
    assert.deepEqual(
      architecture.layers.map(({ inputs }) => inputs),
      [[], [0], [1], [2], [3], [4]],
    );
  });

  test('a layer inside a layer', () => {
    assert.deepEqual(layersOf(read('lstm.ts')), [
      '0 lstm(units: 24 via UNITS, inputShape: `inputShape`, returnSequences: true)',
      "1 bidirectional(layer: layers.lstm(units: 12), mergeMode: 'concat') ← 0",
      '2 dense(units: `outputUnits`) ← 1',
    ]);
  });

  test('CommonJS: require, a constant object, a loss that is a function of the runtime', () => {
    const architecture = read('embedding.js');
    assert.deepEqual(layersOf(architecture).slice(0, 2), [
      '0 embedding(inputDim: 500 via CONFIG.vocabulary, outputDim: 16 via CONFIG.width, ' +
        'inputLength: `inputShape[0]`)',
      '1 globalAveragePooling1d() ← 0',
    ]);
    assert.equal(compileOf(architecture), 'rmsprop 0.003, `tf.losses.sigmoidCrossEntropy`');
  });

  test('CommonJS: a function inside module.exports, destructured require', () => {
    const architecture = read('commonjs.js');
    assert.deepEqual(
      { name: architecture.builder.name, kind: architecture.builder.kind },
      { name: 'buildModel', kind: 'function' },
    );
    assert.deepEqual(layersOf(architecture), [
      "0 dense(units: 12, inputShape: `inputShape`, activation: 'relu')",
      '1 dense(units: `outputUnits`) ← 0',
    ]);
    assert.equal(compileOf(architecture), "momentum 0.01, 'meanSquaredError'");
  });

  test('a method of an exported class, and an arrow function without braces', () => {
    assert.deepEqual(
      read('classMethod.ts').layers.map(({ type }) => type),
      ['flatten', 'dense', 'dense'],
    );
    assert.equal(read('classMethod.ts').builder.kind, 'method');
    assert.deepEqual(layersOf(read('arrow.ts')), [
      "0 dense(inputShape: `inputShape`, units: 40 via hidden, activation: 'relu')",
      '1 dense(units: `outputUnits`) ← 0',
    ]);
  });

  test('layers of a loop of known rounds are all shown, and not edited', () => {
    const architecture = read('loop.ts');
    assert.deepEqual(layersOf(architecture), [
      "0 dense(inputShape: `inputShape`, units: 64, activation: 'relu')",
      "1 dense(units: 64 via units, activation: 'relu') ← 0 conditional",
      '2 dropout(rate: 0.1) ← 1 conditional',
      "3 dense(units: 32 via units, activation: 'relu') ← 2 conditional",
      '4 dropout(rate: 0.1) ← 3 conditional',
      "5 dense(units: 16 via units, activation: 'relu') ← 4 conditional",
      '6 dense(units: `outputUnits`) ← 5',
    ]);
    assert.equal(architecture.style, 'sequential');
  });

  test('layers of helper functions are shown where they are used, and never edited', () => {
    const architecture = read('helperBlocks.ts');
    assert.deepEqual(
      architecture.layers.map(({ type, conditional }) => `${type}${conditional ? '?' : ''}`),
      [
        'inputLayer',
        'dense?',
        'batchNormalization?',
        'dense?',
        'batchNormalization?',
        'dropout',
        'dense',
      ],
    );
    assert.deepEqual(architecture.helpers, ['block', 'huber']);
    assert.equal(compileOf(architecture), 'adam 0.001, `huber`');
  });

  test('a builder that hands over to another file is opaque', () => {
    const architecture = read('opaque.ts');
    assert.deepEqual(
      {
        style: architecture.style,
        layers: architecture.layers.every(({ conditional }) => conditional),
      },
      { style: 'opaque', layers: true },
    );
  });
});

describe('builders in Python', () => {
  test('Keras Sequential: positional arguments and names are those of tfjs', () => {
    const architecture = read('sequential.py');
    assert.deepEqual(layersOf(architecture), [
      "0 conv2d(filters: 32, kernelSize: [3, 3], activation: 'relu', inputShape: `input_shape`)",
      '1 maxPooling2d(poolSize: 2) ← 0',
      '2 batchNormalization() ← 1',
      '3 flatten() ← 2',
      "4 dense(units: 128 via HIDDEN, activation: 'relu', kernelRegularizer: " +
        'regularizers.l2(l2: 0.0001)) ← 3',
      '5 dropout(rate: 0.5) ← 4',
      "6 dense(units: `output_units`, activation: 'softmax') ← 5",
    ]);
    assert.equal(compileOf(architecture), "adam 0.001, 'sparseCategoricalCrossentropy'");
    assert.equal(architecture.layers[4]?.range.startLine, 16);
  });

  test('Keras functional: a star import, `+` on tensors, a helper function, positional compile', () => {
    const architecture = read('functional.py');
    assert.deepEqual(layersOf(architecture), [
      '0 inputLayer(shape: `input_shape`)',
      "1 dense(units: 64, activation: 'relu', kernelInitializer: 'heNormal') ← 0",
      '2 dense(units: 64) ← 1',
      '3 add() ← 2,1',
      "4 dense(units: 64 via units, activation: 'relu') ← 3",
      '5 add() ← 3,4',
      "6 dense(units: `output_units`, activation: 'softmax') ← 5",
    ]);
    assert.equal(compileOf(architecture), "adam null, 'mse'");
  });

  test('model.add with a loop of known rounds and a wrapped layer', () => {
    assert.deepEqual(layersOf(read('addStyle.py')), [
      '0 embedding(inputDim: `vocabulary`, outputDim: 32)',
      '1 bidirectional(layer: layers.lstm(units: 16, returnSequences: true)) ← 0',
      "2 dense(units: 32 via units, activation: 'relu') ← 1 conditional",
      "3 dense(units: 16 via units, activation: 'relu') ← 2 conditional",
      '4 dense(units: `outputs`) ← 3',
    ]);
  });

  test('PyTorch nn.Sequential', () => {
    assert.deepEqual(layersOf(read('torch.py')), [
      '0 dense(inFeatures: `inputs`, units: 64)',
      '1 reLU() ← 0',
      '2 dropout(rate: 0.2) ← 1',
      '3 dense(inFeatures: 64, units: `outputs`) ← 2',
      "4 activation(activation: 'sigmoid') ← 3",
    ]);
  });
});
