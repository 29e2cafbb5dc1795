import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factored, factorsOf } from '../../../src/model/lowRank.ts';
import { pruneUnits, widthsOf } from '../../../src/model/prune.ts';
import {
  quantizeAffine,
  quantizePerChannel,
  roundedTo,
  weightBytes,
} from '../../../src/model/quantize.ts';
import { packed, shippedBytes } from '../../../src/model/shippedBytes.ts';
import { keptOf, shareAt, zeroed, zerosIn } from '../../../src/model/sparsity.ts';
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

describe('a PyTorch module, whose kernels are laid out the other way round', () => {
  const moduleOf = (...weights: readonly Weight[]): TrainedModel => {
    const { facts } = modelOf([], []);
    return { facts: { ...facts, framework: 'torch', topology: null }, weights };
  };

  test('units go with their bias and normalisation, counters stay', () => {
    const model = moduleOf(
      weight('a.weight', [3, 2], [1, 1, 9, 9, 2, 2]),
      weight('a.bias', [3], [0.5, 0.25, 0.125]),
      weight('n.weight', [3], [1, 2, 3]),
      weight('n.running_mean', [3], [4, 5, 6]),
      weight('n.num_batches_tracked', [], [7]),
      weight('b.weight', [1, 3], [1, 0, 1]),
      weight('b.bias', [1], [5]),
    );
    assert.deepEqual(widthsOf(model), [3]);
    const { weights, facts } = pruneUnits(model, [2]);
    assert.equal(facts.topology, null);
    assert.deepEqual(
      weights.map(({ name, shape, values }) => [name, shape, [...values]]),
      [
        ['a.weight', [2, 2], [1, 1, 2, 2]],
        ['a.bias', [2], [0.5, 0.125]],
        ['n.weight', [2], [1, 3]],
        ['n.running_mean', [2], [4, 6]],
        ['n.num_batches_tracked', [], [7]],
        ['b.weight', [1, 2], [1, 1]],
        ['b.bias', [1], [5]],
      ],
    );
  });

  test('behind a flattening a filter has its positions in a row', () => {
    const model = moduleOf(
      weight('c.weight', [2, 1, 1, 1], [0.1, 5]),
      weight('d.weight', [1, 4], [1, 2, 3, 4]),
    );
    assert.deepEqual([...(pruneUnits(model, [1]).weights[1]?.values ?? [])], [3, 4]);
  });

  test('layers that do not fit one behind the other are left alone', () => {
    const model = moduleOf(
      weight('a.weight', [3, 2], [1, 1, 9, 9, 2, 2]),
      weight('b.weight', [2, 2], [1, 2, 3, 4]),
    );
    assert.deepEqual(widthsOf(model), []);
  });
});

describe('a layer of a PyTorch module as two', () => {
  test('of low rank, with the same answers where its kernel is of that rank', () => {
    const { facts } = modelOf([], []);
    const model: TrainedModel = {
      facts: { ...facts, framework: 'torch', topology: null },
      weights: [
        weight('a.weight', [3, 2], [1, 2, 2, 4, 3, 6]),
        weight('a.bias', [3], [0.5, 0.25, 0.125]),
        weight('b.weight', [1, 3], [1, 0, 1]),
      ],
    };
    const { weights } = factored(model, 0, 1);
    assert.deepEqual(
      weights.map(({ name, shape }) => [name, shape]),
      [
        ['a.weight.factor', [1, 2]],
        ['a.weight', [3, 1]],
        ['a.bias', [3]],
        ['b.weight', [1, 3]],
      ],
    );
    const [into, outOf] = weights.map(({ values }) => values);
    const product = [...(outOf ?? [])].flatMap((left) =>
      [...(into ?? [])].map((right) => +(left * right).toFixed(4)),
    );
    assert.deepEqual(product, [1, 2, 2, 4, 3, 6]);
  });
});

describe('weights that matter least become zero', () => {
  test('much at first, little in the end, then nothing more', () => {
    const shares = Array.from({ length: 9 }, (_, epoch) => shareAt(epoch, 9, 0.8));
    assert.deepEqual(
      shares.map((share) => +share.toFixed(3)),
      [0.337, 0.563, 0.7, 0.77, 0.796, 0.8, 0.8, 0.8, 0.8],
    );
    assert.equal(shareAt(0, 1, 0.8), 0.8);
  });

  test('of a kernel the share closest to zero, of a bias nothing', () => {
    assert.deepEqual([...keptOf(Float32Array.of(-3, 1, 0.5, -2), 0.5)], [1, 0, 0, 1]);
    assert.deepEqual([...keptOf(Float32Array.of(1, 2), 0)], [1, 1]);
    const model = modelOf(
      [['Dense', 'a']],
      [weight('a/kernel', [2, 2], [-3, 1, -0.5, 2]), weight('a/bias', [2], [0.1, 0.1])],
    );
    const { weights } = zeroed(model, 0.5);
    assert.deepEqual(
      weights.map(({ values }) => [...values].map((value) => +value.toFixed(1))),
      [
        [-3, 0, 0, 2],
        [0.1, 0.1],
      ],
    );
    assert.equal(zerosIn({ ...model, weights }), 1 / 3);
  });

  test('what many zeros save is measured on packed bytes', () => {
    const values = Array.from({ length: 4096 }, (_, index) => Math.sin(index * index));
    const dense = modelOf([['Dense', 'a']], [weight('a/kernel', [64, 64], values)]);
    assert.equal(shippedBytes(dense, 'uint8'), 4096 + 8);
    const sparse = zeroed(dense, 0.9);
    const bytes = shippedBytes(sparse, 'uint8');
    assert.ok(bytes < 4096 / 4, String(bytes));
    assert.ok(shippedBytes(sparse, 'float32') < 4 * 4096 * 0.2);
    assert.deepEqual(packed(Uint8Array.of(1, 2, 3)), packed(Uint8Array.of(1, 2, 3)));
  });
});

describe('a kernel as two of low rank', () => {
  const kernel = weight('a/kernel', [2, 3], [1, 2, 3, 2, 4, 6]);

  test('of rank 1 where it is of rank 1: nothing is lost', () => {
    const [into, outOf] = factorsOf(kernel, 1);
    assert.deepEqual(
      [into.shape, outOf.shape],
      [
        [2, 1],
        [1, 3],
      ],
    );
    const product = [...into.values].flatMap((left) =>
      [...outOf.values].map((right) => left * right),
    );
    for (const [index, value] of product.entries())
      assert.ok(Math.abs(value - (kernel.values[index] ?? NaN)) < 1e-5, String(value));
  });

  test('of the full rank it is the same kernel, wide or tall', () => {
    const tall = weight('b/kernel', [3, 2], [1, -2, 0.5, 4, 3, 1]);
    const [into, outOf] = factorsOf(tall, 2);
    for (const [index, value] of tall.values.entries()) {
      const [row, column] = [Math.floor(index / 2), index % 2];
      const own = [0, 1].reduce(
        (sum, place) =>
          sum + (into.values[2 * row + place] ?? 0) * (outOf.values[2 * place + column] ?? 0),
        0,
      );
      assert.ok(Math.abs(own - value) < 1e-5, String(own));
    }
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
