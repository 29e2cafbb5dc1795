import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blockOf, describe as nameOf, networkOf } from '../../../src/propose/operators/network.ts';
import { inferShapes } from '../../../src/model/lens/shapes.ts';
import { functional, imageData, regressionData, sequential } from './architectures.ts';

const convnet = sequential([
  ['conv2d', { filters: 8, kernelSize: 3, activation: 'relu', inputShape: '=inputShape' }],
  ['maxPooling2d', { poolSize: 2 }],
  ['conv2d', { filters: 16, kernelSize: [3, 3], padding: 'same', strides: 2 }],
  ['flatten'],
  ['dense', { units: '=outputUnits', activation: 'softmax' }],
]);

describe('shapes', () => {
  test('convolutions, pooling and flattening follow tfjs', () => {
    assert.deepEqual(inferShapes(convnet, imageData), [
      [6, 6, 8],
      [3, 3, 8],
      [2, 2, 16],
      [64],
      [10],
    ]);
  });

  test('without data nothing is guessed', () => {
    assert.deepEqual(inferShapes(convnet, null), [
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  test('a window larger than its input is impossible, and so is all behind it', () => {
    const tooDeep = sequential([
      ['conv2d', { filters: 8, kernelSize: 9, inputShape: [8, 8, 1] }],
      ['flatten'],
    ]);
    assert.deepEqual(inferShapes(tooDeep, imageData), ['impossible', 'impossible']);
  });

  test('adding different widths is impossible, concatenating them adds up', () => {
    const joined = (type: string) =>
      functional([
        ['inputLayer', { shape: [10] }],
        ['dense', { units: 4 }],
        ['dense', { units: 6 }, [0]],
        [type, {}, [1, 2]],
      ]);
    assert.equal(inferShapes(joined('add'), regressionData).at(-1), 'impossible');
    assert.deepEqual(inferShapes(joined('concatenate'), regressionData).at(-1), [10]);
  });

  test('a conditional layer hides everything behind it', () => {
    const architecture = sequential([
      ['dense', { units: 4, inputShape: [10] }],
      ['dense', { units: 4 }],
      ['dense', { units: 1 }],
    ]);
    const layers = architecture.layers.map((layer) =>
      layer.index === 1 ? { ...layer, conditional: true } : layer,
    );
    assert.deepEqual(inferShapes({ ...architecture, layers }, regressionData), [
      [4],
      'unknown',
      'unknown',
    ]);
    assert.deepEqual(
      networkOf({ ...architecture, layers }, regressionData).hidden.map(({ index }) => index),
      [0],
    );
  });
});

describe('network', () => {
  test('counts parameters as the runtime does', () => {
    // conv 3·3·1·8+8, conv 3·3·8·16+16, dense 64·10+10
    assert.equal(networkOf(convnet, imageData).parameters, 80 + 1168 + 650);
  });

  test('the head is the last weighted layer and its activation; the input is not hidden', () => {
    const network = networkOf(
      functional([
        ['inputLayer', { shape: '=inputShape' }],
        ['dense', { units: 8 }],
        ['batchNormalization'],
        ['activation', { activation: 'relu' }],
        ['dropout', { rate: 0.2 }],
        ['dense', { units: 10 }],
        ['activation', { activation: 'softmax' }],
      ]),
      regressionData,
    );
    assert.deepEqual(
      network.head.map(({ index }) => index),
      [5, 6],
    );
    assert.deepEqual(
      network.hidden.map(({ index }) => index),
      [1, 2, 3, 4],
    );
    const [, dense] = network.architecture.layers;
    assert.ok(dense);
    assert.deepEqual(
      blockOf(network, dense).map(({ index }) => index),
      [1, 2, 3, 4],
    );
    assert.equal(nameOf(network, dense), 'dense layer 1 (8 units)');
  });

  test('an opaque builder has nothing to edit', () => {
    const network = networkOf({ ...convnet, style: 'opaque' }, imageData);
    assert.deepEqual(
      { headLength: network.head.length, hiddenLength: network.hidden.length },
      { headLength: 0, hiddenLength: 0 },
    );
  });
});
