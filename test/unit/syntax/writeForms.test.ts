import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call, list, number, string } from '../../../src/model/values.ts';
import { changedLines, spec, writeOk } from './support.ts';
import { syntax, fallback, change } from './writtenForms.ts';

describe('arguments', () => {
  test('in one line, in several lines, and where there is no configuration', () => {
    assert.deepEqual(
      change('mlp.ts', { kind: 'setArgument', layer: 1, name: 'rate', value: number(0.4) }),
      ['-      tf.layers.dropout({ rate: 0.2 }),', '+      tf.layers.dropout({ rate: 0.4 }),'],
    );
    assert.deepEqual(
      change('mlp.ts', {
        kind: 'setArgument',
        layer: 2,
        name: 'kernelInitializer',
        value: string('heNormal'),
      }),
      ["+        kernelInitializer: 'heNormal',"],
    );
    assert.deepEqual(
      change('cnn.ts', {
        kind: 'setArgument',
        layer: 3,
        name: 'dataFormat',
        value: string('channelsFirst'),
      }),
      [
        '-  model.add(tf.layers.flatten());',
        "+  model.add(tf.layers.flatten({ dataFormat: 'channelsFirst' }));",
      ],
    );
    assert.deepEqual(
      change('shapeFirst.js', {
        kind: 'setArgument',
        layer: 1,
        name: 'strides',
        value: list(number(2), number(2)),
      }),
      [
        '-                kernelSize: 3',
        '+                kernelSize: 3,',
        '+                strides: [2, 2]',
      ],
    );
  });

  test('quotes and braces are those of the file', () => {
    assert.deepEqual(
      change('functionalConst.js', {
        kind: 'setArgument',
        layer: 1,
        name: 'activation',
        value: string('relu'),
      }),
      [
        '-  const hidden = layers.dense({ units: 48, activation: "tanh" }).apply(inputs)',
        '+  const hidden = layers.dense({ units: 48, activation: "relu" }).apply(inputs)',
      ],
    );
    assert.deepEqual(
      change('shapeFirst.js', {
        kind: 'replaceLayer',
        layer: 4,
        with: spec('dense', { units: number(3), activation: string('softmax') }),
      }),
      [
        '-            tf.layers.dense({units: outputUnits})',
        "+            tf.layers.dense({units: 3, activation: 'softmax'})",
      ],
    );
  });

  test('a line of its own goes with its argument; the last one takes the comma before it along', () => {
    assert.deepEqual(
      change('mlp.ts', { kind: 'removeArgument', layer: 2, name: 'kernelRegularizer' }),
      ['-        kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),'],
    );
    assert.deepEqual(
      change('shapeFirst.js', { kind: 'removeArgument', layer: 1, name: 'kernelSize' }),
      [
        '-                filters: 4,',
        '-                kernelSize: 3',
        '+                filters: 4',
      ],
    );
  });

  test('a constant of the builder changes where it is declared, one of the file where it is used', () => {
    assert.deepEqual(
      change('constants.ts', { kind: 'setArgument', layer: 2, name: 'units', value: number(48) }),
      ['-  const narrow = HIDDEN / 2;', '+  const narrow = 48;'],
    );
    assert.deepEqual(
      change('constants.ts', { kind: 'setArgument', layer: 1, name: 'rate', value: number(0.1) }),
      [
        '-  model.add(tf.layers.dropout({ rate: DROPOUT }));',
        '+  model.add(tf.layers.dropout({ rate: 0.1 }));',
      ],
    );
    assert.deepEqual(
      change('constants.ts', {
        kind: 'setCompile',
        optimizer: { type: 'adam', learningRate: 0.0005 },
        fallback,
      }),
      ['-  const learningRate = 0.02;', '+  const learningRate = 5e-4;'],
    );
    assert.deepEqual(
      change('cnn.ts', {
        kind: 'setCompile',
        optimizer: { type: 'adam', learningRate: 0.01 },
        fallback,
      }),
      [
        '-  const optimizer = tf.train.adam(LEARNING_RATE);',
        '+  const optimizer = tf.train.adam(0.01);',
      ],
    );
  });

  test('the other settings of an optimiser stay when only its rate changes', () => {
    assert.deepEqual(
      change('commonjs.js', {
        kind: 'setCompile',
        optimizer: { type: 'momentum', learningRate: 0.1 },
        fallback,
      }),
      [
        "-    model.compile({ optimizer: train.momentum(0.01, 0.9), loss: 'meanSquaredError' })",
        "+    model.compile({ optimizer: train.momentum(0.1, 0.9), loss: 'meanSquaredError' })",
      ],
    );
  });
});

describe('layers', () => {
  const normalize = [spec('batchNormalization')];

  test(
    'in a list: behind a trailing comment, at the end without a trailing comma, in the middle ' +
      'of a line',
    () => {
      assert.deepEqual(change('mlp.ts', { kind: 'insertLayers', after: 0, layers: normalize }), [
        '+      tf.layers.batchNormalization(),',
      ]);
      assert.deepEqual(
        change('classMethod.ts', { kind: 'insertLayers', after: 2, layers: normalize }),
        [
          "-                tf.layers.dense({ units: outputUnits, activation: 'softmax' })",
          "+                tf.layers.dense({ units: outputUnits, activation: 'softmax' }),",
          '+                tf.layers.batchNormalization()',
        ],
      );
      assert.deepEqual(
        change('shapeFirst.js', { kind: 'insertLayers', after: 2, layers: normalize }),
        [
          '-            tf.layers.reLU(), tf.layers.flatten(),',
          '+            tf.layers.reLU(), tf.layers.batchNormalization(), tf.layers.flatten(),',
        ],
      );
    },
  );

  test('in front of the first layer, which hands its input shape over', () => {
    assert.deepEqual(
      change('cnn.ts', { kind: 'insertLayers', after: 'input', layers: normalize }),
      [
        '-  // Convolutional front',
        '-  model.add(tf.layers.conv2d({ inputShape, filters: FILTERS, kernelSize: 3, ' +
          "activation: 'relu', padding: 'same' }));",
        '+  model.add(tf.layers.batchNormalization({ inputShape }));',
        '+  // Convolutional front',
        '+  model.add(tf.layers.conv2d({ filters: FILTERS, kernelSize: 3, activation: ' +
          "'relu', padding: 'same' }));",
      ],
    );
    assert.deepEqual(
      change('mixed.ts', { kind: 'insertLayers', after: 'input', layers: normalize }),
      [
        '-      tf.layers.dense({',
        '-        inputShape,',
        '+      tf.layers.batchNormalization({ inputShape }),',
        '+      tf.layers.dense({',
      ],
    );
  });

  test('a long layer is broken into lines', () => {
    const long = spec('conv2d', {
      filters: number(16),
      kernelSize: list(number(3), number(3)),
      padding: string('same'),
      activation: string('relu'),
      kernelInitializer: string('heNormal'),
      kernelRegularizer: call('regularizers.l2', { l2: number(1e-4) }),
    });
    assert.deepEqual(change('cnn.ts', { kind: 'insertLayers', after: 0, layers: [long] }), [
      '+  model.add(tf.layers.conv2d({',
      '+    filters: 16,',
      '+    kernelSize: [3, 3],',
      "+    padding: 'same',",
      "+    activation: 'relu',",
      "+    kernelInitializer: 'heNormal',",
      '+    kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),',
      '+  }));',
    ]);
  });

  test('functional: into the reassigned variable, or into a new one that is read from there on', () => {
    assert.deepEqual(
      change('functionalResidual.ts', { kind: 'insertLayers', after: 2, layers: normalize }),
      ['+  x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;'],
    );
    assert.deepEqual(
      change('functionalConst.js', { kind: 'insertLayers', after: 1, layers: normalize }),
      [
        '-  const dropped = layers.dropout({ rate: 0.1 }).apply(hidden)',
        '+  const hiddenNormalized = layers.batchNormalization().apply(hidden)',
        '+  const dropped = layers.dropout({ rate: 0.1 }).apply(hiddenNormalized)',
      ],
    );
  });

  test('functional: out again, with the variable that held it', () => {
    assert.deepEqual(change('functionalConst.js', { kind: 'removeLayer', layer: 2 }), [
      '-  const dropped = layers.dropout({ rate: 0.1 }).apply(hidden)',
      '-  const joined = layers.concatenate().apply([dropped, inputs])',
      '+  const joined = layers.concatenate().apply([hidden, inputs])',
    ]);
    assert.deepEqual(change('nestedApply.ts', { kind: 'removeLayer', layer: 1 }), [
      "-  const first = tf.layers.dense({ units: 16, activation: 'relu' });",
      '-  const second = tf.layers.dense({ units: 16 });',
      '-  const hidden = ' +
        'second.apply(tf.layers.batchNormalization().apply(first.apply(input))) as ' +
        'tf.SymbolicTensor;',
      '+  const second = tf.layers.dense({ units: 16 });',
      '+  const hidden = second.apply(tf.layers.batchNormalization().apply(input)) as ' +
        'tf.SymbolicTensor;',
    ]);
  });

  test('the first assignment of a functional chain makes way for the next', () => {
    const text =
      "import * as tf from '@tensorflow/tfjs';\nexport function buildModel() {\n  const " +
      'input = tf.input({ shape: [4] });\n' +
      '  let x = tf.layers.dense({ units: 8 }).apply(input) as tf.SymbolicTensor;\n  x = ' +
      'tf.layers.reLU().apply(x) as tf.SymbolicTensor;\n' +
      '  return tf.model({ inputs: input, outputs: x });\n}\n';
    const written = writeOk(syntax, { name: 'chain.ts', text, language: 'typescript' }, [
      { kind: 'removeLayer', layer: 1 },
    ]);
    assert.deepEqual(changedLines(text, written), [
      '-  let x = tf.layers.dense({ units: 8 }).apply(input) as tf.SymbolicTensor;',
      '-  x = tf.layers.reLU().apply(x) as tf.SymbolicTensor;',
      '+  let x = tf.layers.reLU().apply(input) as tf.SymbolicTensor;',
    ]);
  });
});
