import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { helperOf } from '../../../src/model/ownLayers/ownLayer.ts';
import { OWN_LAYERS, ownLayerMadeBy } from '../../../src/model/ownLayers/ownLayers.ts';
import { optimizerHelper } from '../../../src/model/ownOptimizers/ownOptimizer.ts';
import { OWN_OPTIMIZERS } from '../../../src/model/ownOptimizers/ownOptimizers.ts';
import { SETTINGS, layerOf, optimizerOf, through } from './ownParts.ts';
import { typeErrors } from './typeErrors.ts';

const SOURCES = [
  ...OWN_LAYERS.map((own) => helperOf(own, 'javascript')),
  ...OWN_OPTIMIZERS.map((own) => optimizerHelper(own, 'tfjs')),
];

const bare = (source: string): string => source.replaceAll(/\s+/g, '');

describe('the sources of layers and optimisers that come along', () => {
  for (const { name, source } of SOURCES) {
    test(`${name}: the JavaScript is the TypeScript without its types`, () => {
      assert.equal(bare(source.javascript), bare(stripTypeScriptTypes(source.typescript)));
    });
  }

  test('their TypeScript holds under strict rules', () => {
    const all = SOURCES.map(({ source }) => source.typescript);
    const text = ["import * as tf from '@tensorflow/tfjs';", ...all];
    const uses = SOURCES.map(({ name }) => `export { ${name} };`);
    assert.deepEqual(typeErrors([...text, ...uses].join('\n')), []);
  });

  test('a source that was changed is no longer taken for what it was', () => {
    const own = OWN_LAYERS[0];
    assert.ok(own);
    const spaced = own.typescript.replaceAll('  ', '    ');
    assert.equal(ownLayerMadeBy(own.type, spaced), own);
    assert.equal(ownLayerMadeBy(own.type, own.typescript.replace('-2', '-1')), null);
  });
});

describe('what the layers claim', () => {
  before(() => tf.setBackend('cpu'));

  test('k-winners leaves exactly k active, the largest, and hands the gradient to them alone', () => {
    const layer = layerOf('kWinners', { k: 3 });
    const x = tf.randomNormal([16, 10], 5, 1, 'float32', 1);
    const y = through(layer, x);
    const active = tf.sum(tf.cast(tf.notEqual(y, 0), 'float32'), -1).dataSync();
    assert.deepEqual([...new Set(active)], [3]);
    const [values, kept] = [x.arraySync() as number[][], y.arraySync() as number[][]];
    for (const [row, own] of values.entries())
      assert.deepEqual(
        (kept[row] ?? []).filter((value) => value !== 0).toSorted(),
        own
          .toSorted((a, b) => b - a)
          .slice(0, 3)
          .toSorted(),
      );
    const gradient = tf.grad((given: tf.Tensor) => tf.sum(through(layer, given)))(x);
    assert.deepEqual(tf.notEqual(gradient, 0).arraySync(), tf.notEqual(y, 0).arraySync());
  });

  test('lateral inhibition: the louder the others, the less is handed on', () => {
    const layer = layerOf('lateralInhibition', { strength: 1 });
    const [calm = 0, loud = 0] = tf
      .slice(
        through(
          layer,
          tf.tensor2d([
            [1, 0, 0],
            [1, 9, 9],
          ]),
        ),
        [0, 0],
        [2, 1],
      )
      .dataSync();
    assert.ok(loud < calm / 4, `${calm} → ${loud}`);
  });

  test('feedback: with weights of nothing the input stays; else it is refined step by step', () => {
    const layer = layerOf('feedback', { steps: 3 });
    const x = tf.randomNormal([4, 5], 0, 1, 'float32', 2);
    const y = through(layer, x);
    const [kernel, bias] = layer.getWeights();
    assert.ok(kernel && bias);
    let state = x;
    for (let step = 0; step < 3; step += 1)
      state = tf.add(x, tf.tanh(tf.add(tf.matMul(state, kernel), bias)));
    near(y, state);
    layer.setWeights([tf.zerosLike(kernel), bias]);
    near(through(layer, x), x);
  });

  test('dendrites let through between nothing and all, by the strongest', () => {
    const layer = layerOf('dendriticGate', { segments: 3 });
    const x = tf.ones([2, 4]);
    through(layer, x);
    layer.setWeights([tf.mul(tf.ones([4, 12]), -9)]);
    assert.ok((tf.max(through(layer, x)).dataSync()[0] as number) < 1e-6);
    layer.setWeights([tf.concat([tf.mul(tf.ones([4, 8]), -9), tf.mul(tf.ones([4, 4]), 9)], 1)]);
    near(through(layer, x), x);
  });

  test('of the experts as many are heard as are asked for, and an idle one is told', () => {
    const layer = layerOf('expertMixture', { units: 3, experts: 4, top: 2 });
    const x = tf.abs(tf.randomNormal([64, 5], 1, 1, 'float32', 3));
    through(layer, x);
    const [kernel, bias, gate, load] = layer.getWeights();
    assert.ok(kernel && bias && gate && load);
    near(load, tf.fill([4], 0.5));
    // A gate that prefers the first two, whatever it reads.
    const preferring = tf.tile(tf.tensor2d([[9, 8, 0, 0]]), [5, 1]);
    layer.setWeights([kernel, bias, preferring, load]);
    for (let step = 0; step < 60; step += 1) layer.apply(x, { training: true });
    const shares = [...(layer.getWeights()[3] as tf.Tensor).dataSync()];
    assert.deepEqual(
      shares.map((share) => share < 0.01),
      [false, false, true, true],
    );
  });

  test('Fourier features: the inputs, their sines and their cosines', () => {
    const layer = layerOf('fourierFeatures', { waves: 4, scale: 2 });
    const x = tf.randomNormal([3, 2], 0, 1, 'float32', 5);
    const y = through(layer, x);
    const [kernel] = layer.getWeights();
    assert.ok(kernel);
    const phases = tf.matMul(x, kernel);
    near(y, tf.concat([x, tf.sin(phases), tf.cos(phases)], 1));
    assert.deepEqual(layer.computeOutputShape([null, 2]), [null, 10]);
  });

  test('snake comes back where rectifiers do not, and has a learned frequency', () => {
    const layer = layerOf('snake', {});
    const x = tf.tensor2d([[Math.PI, 2 * Math.PI, -Math.PI]]);
    near(through(layer, x), x);
    near(
      through(layer, tf.tensor2d([[Math.PI / 2, 0, 0]])),
      tf.tensor2d([[Math.PI / 2 + 1, 0, 0]]),
    );
  });

  test('Fourier mixing: the real part of the transform over steps and features', () => {
    const x = tf.randomNormal([2, 4, 3], 0, 1, 'float32', 6);
    const overFeatures = tf.fft(tf.cast(x, 'complex64'));
    const turned = tf.transpose(overFeatures, [0, 2, 1]);
    const both = tf.transpose(tf.real(tf.fft(turned)), [0, 2, 1]);
    near(through(layerOf('spectralMixing', {}), x), tf.add(x, tf.div(both, Math.sqrt(12))));
  });

  test('fast weights: what the outer products of the steps before answer', () => {
    const layer = layerOf('fastWeights', { decay: 0.5 });
    const x = tf.randomNormal([1, 4, 3], 0, 1, 'float32', 7);
    const rows = tf.unstack(tf.squeeze(x, [0])) as tf.Tensor1D[];
    let memory: tf.Tensor = tf.zeros([3, 3]);
    const steps = rows.map((row) => {
      const answer = tf.dot(memory as tf.Tensor2D, row);
      memory = tf.add(tf.mul(memory, 0.5), tf.outerProduct(row, row));
      return tf.add(row, tf.mul(answer, 0.1 / 3));
    });
    near(through(layer, x), tf.expandDims(tf.stack(steps), 0));
  });

  test('self-attention hears what is in reach, and nothing else', () => {
    const layer = layerOf('selfAttention', { heads: 2, reach: 1 });
    const x = tf.randomNormal([1, 6, 4], 0, 1, 'float32', 8);
    const first = (given: tf.Tensor): tf.Tensor =>
      tf.slice(through(layer, given), [0, 0, 0], [1, 1, 4]);
    const far = tf.concat([tf.slice(x, [0, 0, 0], [1, 2, 4]), tf.ones([1, 4, 4])], 1);
    const close = tf.concat([tf.slice(x, [0, 0, 0], [1, 1, 4]), tf.ones([1, 5, 4])], 1);
    near(first(far), first(x));
    assert.ok(distance(first(close), first(x)) > 1e-3);
  });

  test('codes of place differ from step to step, and are the same for every row', () => {
    const codes = through(
      layerOf('positionCodes', {}),
      tf.zeros([2, 5, 4]),
    ).arraySync() as number[][][];
    assert.deepEqual(codes[0], codes[1]);
    assert.equal(new Set((codes[0] ?? []).map((step) => step.join())).size, 5);
  });

  for (const { type } of OWN_LAYERS) {
    test(`${type} trains in a model, with a gradient for every weight`, async () => {
      const isRow = SETTINGS[type]?.shape.length === 1;
      const x = tf.randomNormal([8, ...(SETTINGS[type]?.shape ?? [])], 0, 1, 'float32', 9);
      const layer = layerOf(type, SETTINGS[type]?.args ?? {});
      const model = tf.sequential({
        layers: [
          tf.layers.inputLayer({ inputShape: SETTINGS[type]?.shape ?? [] }),
          layer,
          ...(isRow ? [] : [tf.layers.flatten()]),
          tf.layers.dense({ units: 1 }),
        ],
      });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      const before = layer.trainableWeights.map((weight) => weight.read().dataSync().slice());
      await model.trainOnBatch(x, tf.randomNormal([8, 1], 0, 1, 'float32', 10));
      for (const [index, weight] of layer.trainableWeights.entries())
        assert.notDeepEqual(weight.read().dataSync(), before[index], weight.name);
    });
  }
});

describe('what the optimisers claim', () => {
  before(() => tf.setBackend('cpu'));

  test('clipping holds the first step of a gradient of any size, Adam aside', () => {
    const [weight] = trained(
      'clippedAdam',
      { learningRate: 0.1, norm: 1 },
      { scale: 1e6, steps: 1 },
    );
    assert.ok(Math.abs((weight ?? NaN) + 0.1) < 1e-3, String(weight));
  });

  test('the rate rises, and is nothing at the end', () => {
    const weights = trained(
      'cosineAdam',
      { learningRate: 0.1, steps: 10, warmup: 4 },
      { scale: 1, steps: 12 },
    );
    const steps = weights.map((weight, index) => Math.abs(weight - (weights[index - 1] ?? 0)));
    assert.ok((steps[0] ?? NaN) < (steps[3] ?? NaN), steps.join());
    assert.ok((steps[8] ?? NaN) < (steps[5] ?? NaN), steps.join());
    assert.ok((steps.at(-1) ?? NaN) < 1e-6, steps.join());
  });

  test('an average takes the place of the weight every few steps', () => {
    const plain = trained(
      'averagedAdam',
      { learningRate: 0.1, decay: 0.5, every: 1000 },
      { scale: 1, steps: 4 },
    );
    const averaged = trained(
      'averagedAdam',
      { learningRate: 0.1, decay: 0.5, every: 4 },
      { scale: 1, steps: 4 },
    );
    assert.deepEqual(averaged.slice(0, 3), plain.slice(0, 3));
    assert.ok((averaged[3] ?? NaN) > (plain[3] ?? NaN));
  });

  test('RAdam goes by the momentum at first, then adapts as far as it has seen enough', () => {
    const steps = trained('rAdam', { learningRate: 0.1 }, { scale: 2, steps: 7 });
    const taken = steps.map((weight, index) => (steps[index - 1] ?? 0) - weight);
    // A gradient of 2 each time: the first five steps are of 0.1 · 2, then it is divided by 2.
    for (const step of taken.slice(0, 5)) assert.ok(Math.abs(step - 0.2) < 1e-5, String(step));
    for (const step of taken.slice(5)) assert.ok(step > 0 && step < 0.01, String(step));
    assert.ok((taken[6] ?? 0) > (taken[5] ?? 0));
  });

  test('AdamW takes a share off, Lion steps by one size', () => {
    const [decayed] = trained(
      'adamW',
      { learningRate: 0.1, weightDecay: 0.5 },
      { scale: 0, steps: 1, from: 1 },
    );
    assert.ok(Math.abs((decayed ?? NaN) - 0.95) < 1e-6);
    const steps = trained('lion', { learningRate: 0.1 }, { scale: 1e-3, steps: 2 });
    assert.deepEqual(
      steps.map((weight) => Number(weight.toFixed(4))),
      [-0.1, -0.2],
    );
  });
});

/** The one weight after each step on the loss `scale × weight`. */
function trained(
  type: string,
  args: Readonly<Record<string, number>>,
  {
    scale,
    steps,
    from = 0,
  }: { readonly scale: number; readonly steps: number; readonly from?: number },
): readonly number[] {
  const optimizer = optimizerOf(type, args);
  const weight = tf.variable(tf.scalar(from));
  return Array.from({ length: steps }, () => {
    tf.tidy(() => void optimizer.minimize(() => tf.mul(weight, scale), false, [weight]));
    return weight.dataSync()[0] ?? NaN;
  });
}

const distance = (a: tf.Tensor, b: tf.Tensor): number =>
  tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? NaN;

const near = (a: tf.Tensor, b: tf.Tensor): void => {
  assert.deepEqual(a.shape, b.shape);
  assert.ok(distance(a, b) < 1e-4, `${distance(a, b)}`);
};
