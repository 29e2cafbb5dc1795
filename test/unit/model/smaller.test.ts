import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pruneUnits, widthsOf } from '../../../src/model/prune.ts';
import {
  quantizeAffine,
  quantizePerChannel,
  roundedTo,
  weightBytes,
} from '../../../src/model/quantize.ts';
import type { TrainedModel, Weight } from '../../../src/model/trainedModel.ts';

const weight = (name: string, shape: readonly number[], values: readonly number[]): Weight => ({
  name,
  shape,
  dtype: 'float32',
  values: Float32Array.from(values),
});

const modelOf = (
  layers: readonly (readonly [className: string, name: string])[],
  weights: readonly Weight[],
): TrainedModel => ({
  facts: {
    framework: 'tfjs',
    versions: {},
    topology: JSON.stringify({
      class_name: 'Sequential',
      config: {
        layers: layers.map(([class_name, name]) => ({ class_name, config: { name } })),
      },
    }),
    seed: 1,
    task: 'regression',
    inputShape: [2],
    outputUnits: 1,
    reading: 'probabilities',
    preparation: { inputs: null, targets: null, classes: [] },
  },
  weights,
});

describe('units that matter least go', () => {
  test('with their bias, their normalisation, and what reads from them', () => {
    const model = modelOf(
      [
        ['Dense', 'a'],
        ['BatchNormalization', 'n'],
        ['Dropout', 'd'],
        ['Dense', 'b'],
      ],
      [
        // The second unit comes in strong and goes out as nothing; the first and the third stay.
        weight('a/kernel', [2, 3], [1, 9, 2, 1, 9, 2]),
        weight('a/bias', [3], [0.1, 0.2, 0.3]),
        weight('n/gamma', [3], [1, 2, 3]),
        weight('b/kernel', [3, 1], [1, 0, 1]),
        weight('b/bias', [1], [5]),
      ],
    );
    assert.deepEqual(widthsOf(model), [3]);
    const { weights, facts } = pruneUnits(model, [2]);
    assert.deepEqual(
      weights.map(({ shape, values }) => [shape, [...values].map((value) => +value.toFixed(3))]),
      [
        [
          [2, 2],
          [1, 2, 1, 2],
        ],
        [[2], [0.1, 0.3]],
        [[2], [1, 3]],
        [
          [2, 1],
          [1, 1],
        ],
        [[1], [5]],
      ],
    );
    assert.match(facts.topology ?? '', /"name":"a","units":2/);
  });

  test('behind a flattening every position of a filter goes with it', () => {
    const model = modelOf(
      [
        ['Conv2D', 'c'],
        ['Flatten', 'f'],
        ['Dense', 'b'],
      ],
      [
        weight('c/kernel', [1, 1, 1, 2], [0.1, 5]),
        weight('b/kernel', [4, 1], [1, 2, 3, 4]),
        weight('b/bias', [1], [0]),
      ],
    );
    const { weights } = pruneUnits(model, [1]);
    assert.deepEqual([...(weights[0]?.values ?? [])], [5]);
    assert.deepEqual(
      [weights[1]?.shape, [...(weights[1]?.values ?? [])]],
      [
        [2, 1],
        [2, 4],
      ],
    );
  });

  test('nothing is offered where a layer between does more than pass on', () => {
    const model = modelOf(
      [
        ['Dense', 'a'],
        ['LSTM', 'l'],
        ['Dense', 'b'],
      ],
      [
        weight('a/kernel', [2, 3], [1, 9, 2, 1, 9, 2]),
        weight('l/kernel', [3, 4], Array<number>(12).fill(1)),
        weight('b/kernel', [1, 1], [1]),
      ],
    );
    assert.deepEqual(widthsOf(model), []);
  });
});

describe('fewer bits', () => {
  const values = Float32Array.of(-1, 0, 0.3, 2);

  test('one scale a tensor: zero stays zero, nothing moves by more than half a step', () => {
    const { bytes, scale, min } = quantizeAffine(values);
    const back = [...bytes].map((byte) => byte * scale + min);
    assert.equal(back[1], 0);
    for (const [index, value] of back.entries())
      assert.ok(Math.abs(value - (values[index] ?? 0)) <= scale * 1.01, String(value));
    assert.deepEqual([...quantizeAffine(Float32Array.of(3, 3)).bytes], [0, 0]);
  });

  test('one scale a unit: a narrow unit beside a wide one keeps its digits', () => {
    const { bytes, scales } = quantizePerChannel({
      shape: [2, 2],
      values: Float32Array.of(100, 0.01, -40, 0.0025),
    });
    assert.deepEqual([...bytes], [127, 127, -51, 32]);
    assert.ok(Math.abs((scales[1] ?? 0) * 127 - 0.01) < 1e-7);
  });

  test('sizes as they would ship; a bias keeps its floats per channel', () => {
    const model = modelOf(
      [['Dense', 'a']],
      [weight('a/kernel', [2, 3], [1, 9, 2, 1, 9, 2]), weight('a/bias', [3], [1, 2, 3.3])],
    );
    assert.deepEqual(
      (['float32', 'float16', 'uint8', 'int8-per-channel'] as const).map((precision) =>
        weightBytes(model, precision),
      ),
      [36, 18, 9 + 16, 6 + 12 + 12],
    );
    assert.deepEqual(roundedTo(model, 'int8-per-channel').weights[1], model.weights[1]);
  });
});
