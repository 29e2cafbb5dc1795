import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foldNormalization } from '../../../src/model/foldNormalization.ts';
import type { TrainedModel, Weight } from '../../../src/model/trainedModel.ts';

const weight = (name: string, shape: readonly number[], values: readonly number[]): Weight => ({
  name,
  shape,
  dtype: 'float32',
  values: Float32Array.from(values),
});

const KERNEL = weight('a/kernel', [2, 2], [1, 2, 3, 4]);
const NORMALISATION = [
  weight('n/gamma', [2], [2, 1]),
  weight('n/beta', [2], [0.5, 0]),
  weight('n/moving_mean', [2], [1, -1]),
  weight('n/moving_variance', [2], [4, 0.25]),
];

const modelOf = (config: object, weights: readonly Weight[]): TrainedModel => ({
  facts: {
    framework: 'tfjs',
    versions: {},
    topology: JSON.stringify({ class_name: 'Model', config }),
    seed: 1,
    task: 'regression',
    inputShape: [2],
    outputUnits: 2,
    reading: 'probabilities',
    preparation: { inputs: null, targets: null, classes: [] },
  },
  weights,
});

const layer = (class_name: string, name: string, more: object = {}, from?: string) => ({
  class_name,
  config: { name, ...more },
  ...(from !== undefined && { inbound_nodes: [[[from, 0, 0, {}]]] }),
});

const linear = { activation: 'linear', use_bias: false };
const norm = { epsilon: 0 };

const numbers = ({ weights }: TrainedModel, name: string): readonly number[] | undefined => {
  const found = weights.find((each) => each.name === name);
  return found && [...found.values];
};

describe('a normalisation goes into the layer before it', () => {
  test('as one kernel and a bias that was not there', () => {
    const layers = [layer('Dense', 'a', linear), layer('BatchNormalization', 'n', norm)];
    const { model, count } = foldNormalization(modelOf({ layers }, [KERNEL, ...NORMALISATION]));
    assert.equal(count, 1);
    assert.deepEqual(
      model.weights.map(({ name }) => name),
      ['a/kernel', 'a/bias'],
    );
    // Units are scaled by 2/2 and 1/0.5; the means are taken off before that.
    assert.deepEqual(numbers(model, 'a/kernel'), [1, 4, 3, 8]);
    assert.deepEqual(numbers(model, 'a/bias'), [-0.5, 2]);
    assert.match(model.facts.topology ?? '', /"use_bias":true/);
    assert.doesNotMatch(model.facts.topology ?? '', /BatchNormalization/);
  });

  test('and what read from it, or was its output, follows', () => {
    const layers = [
      layer('InputLayer', 'i'),
      layer('Dense', 'a', { ...linear, use_bias: true }, 'i'),
      layer('BatchNormalization', 'n', norm, 'a'),
      layer('Activation', 'r', {}, 'n'),
    ];
    const config = { layers, input_layers: [['i', 0, 0]], output_layers: [['n', 0, 0]] };
    const bias = weight('a/bias', [2], [1, 1]);
    const { model } = foldNormalization(modelOf(config, [KERNEL, bias, ...NORMALISATION]));
    assert.deepEqual(numbers(model, 'a/bias'), [0.5, 4]);
    const read = JSON.parse(model.facts.topology ?? '') as { config: typeof config };
    assert.deepEqual(read.config.output_layers, [['a', 0, 0]]);
    assert.match(JSON.stringify(read.config.layers.at(-1)), /"inbound_nodes":\[\[\["a",0,0/);
  });

  test('only where nothing else reads from that layer, and nothing bends between them', () => {
    const bent = [
      layer('Dense', 'a', { activation: 'relu', use_bias: false }),
      layer('BatchNormalization', 'n', norm),
    ];
    const shared = [
      layer('Dense', 'a', linear, 'i'),
      layer('BatchNormalization', 'n', norm, 'a'),
      layer('Activation', 'r', {}, 'a'),
    ];
    for (const layers of [bent, shared]) {
      const before = modelOf({ layers }, [KERNEL, ...NORMALISATION]);
      const { model, count } = foldNormalization(before);
      assert.equal(count, 0);
      assert.deepEqual(model.weights, before.weights);
    }
  });
});
