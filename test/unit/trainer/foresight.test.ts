import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { foretells } from '../../../src/workers/tfjs/data/foretells.ts';
import type { StudyData } from '../../../src/workers/tfjs/data/types.ts';
import { requireNoForesight } from '../../../src/workers/tfjs/training/foresight.ts';
import { VariantFault } from '../../../src/workers/tfjs/variantFault.ts';

const STEPS = 8;
const WORDS = 5;
const ROWS = 6;

/** Character `(3 row + step) mod 5` at each step, and what is asked for there. */
const rowsOf = (later: number): Float32Array =>
  Float32Array.from({ length: ROWS * STEPS }, (_, at) => {
    const [row, step] = [Math.floor(at / STEPS), at % STEPS];
    return (3 * row + step + later) % WORDS;
  });

const data = (targets: Float32Array, width = STEPS): StudyData =>
  ({
    kind: 'arrays',
    inputs: [{ name: null, shape: [STEPS] }],
    outputs: [{ name: null, task: 'classification', shape: [STEPS, WORDS], units: WORDS, width }],
    train: { rows: ROWS, inputs: rowsOf(0), targets, weights: null },
  }) as unknown as StudyData;

describe('what is to be foretold', () => {
  test('targets that are the inputs a step later', () => {
    assert.equal(foretells(data(rowsOf(1))), true);
  });

  test('not labels of the steps themselves, nor one answer a row', () => {
    assert.equal(foretells(data(rowsOf(0))), false);
    assert.equal(foretells(data(rowsOf(2))), false);
    assert.equal(foretells(data(rowsOf(1), 1)), false);
  });
});

const L = tf.layers;
const modelOf = (...middle: readonly tf.layers.Layer[]): tf.LayersModel =>
  tf.sequential({
    layers: [
      L.embedding({ inputDim: WORDS, outputDim: 4, inputLength: STEPS }),
      ...middle,
      L.dense({ units: WORDS, activation: 'softmax' }),
    ],
  });

describe('a model that is to foretell', { concurrency: false }, () => {
  let rows: tf.Tensor;
  before(async () => {
    await tf.setBackend('cpu');
    rows = tf.tensor2d(rowsOf(0), [ROWS, STEPS]);
  });

  const blind: Readonly<Record<string, () => readonly tf.layers.Layer[]>> = {
    'an LSTM': () => [L.lstm({ units: 4, returnSequences: true })],
    'a convolution with zeros in front': () => [
      L.reshape({ targetShape: [1, STEPS, 4] }),
      L.zeroPadding2d({
        padding: [
          [0, 0],
          [2, 0],
        ],
      }),
      L.conv2d({ filters: 4, kernelSize: [1, 3] }),
      L.reshape({ targetShape: [STEPS, 4] }),
    ],
    'normalised steps': () => [L.layerNormalization()],
  };
  for (const [name, make] of Object.entries(blind))
    test(`may have ${name}`, () => requireNoForesight(tf, modelOf(...make()), [rows]));

  const seeing: Readonly<Record<string, () => tf.layers.Layer>> = {
    'an LSTM both ways': () =>
      L.bidirectional({
        layer: L.lstm({ units: 4, returnSequences: true }) as tf.RNN,
        mergeMode: 'concat',
      }),
    'a convolution around each step': () =>
      L.conv1d({ filters: 4, kernelSize: 3, padding: 'same' }),
  };
  for (const [name, make] of Object.entries(seeing))
    test(`may not have ${name}`, () => {
      assert.throws(
        () => requireNoForesight(tf, modelOf(make()), [rows]),
        (error) =>
          error instanceof VariantFault && /looks ahead.*zeros in front/.test(error.message),
      );
    });
});
