/**
 * Run as a program: `node randomRun.ts <runtime> <seed>` prints what {@link randomRun} returns, as
 * JSON.
 */
import { pathToFileURL } from 'node:url';
import { seedRuntime } from '../../../../src/workers/tfjs/runtime/determinism.ts';
import type { RuntimeName } from '../../../../src/workers/tfjs/runtime/runtime.ts';
import type { LayersModel, Tensor, Tf } from '../../../../src/workers/tfjs/tf.ts';
import { initializers } from './layerModels.ts';
import { runtimeForTests } from './runtimes.ts';

/**
 * Everything that draws at random: initialisers, masks and noise, the shuffles of `fit` and of
 * `tf.data`, and `tf.random*`.
 */
export async function randomRun(tf: Tf, seed: number): Promise<Record<string, readonly number[]>> {
  seedRuntime(tf, seed);
  const initialized = initializers.map(
    (name) => [name, numbers(tf.initializers[name]({}).apply([6, 6]) as Tensor)] as const,
  );
  return {
    ...Object.fromEntries(initialized),
    ...draws(tf),
    ...(await curves('dense', tf, noisyModel(tf))),
    ...(await curves('lstm', tf, recurrentModel(tf))),
    'tf.data': await shuffledRows(tf),
  };
}

const numbers = (tensor: Tensor): number[] => Array.from(tensor.dataSync());

function draws(tf: Tf): Record<string, readonly number[]> {
  const order = [0, 1, 2, 3, 4, 5, 6, 7];
  tf.util.shuffle(order);
  return {
    'Math.random': [Math.random()],
    'tf.util.shuffle': order,
    randomNormal: numbers(tf.randomNormal([5])),
    randomUniform: numbers(tf.randomUniform([5])),
    randomUniformInt: numbers(tf.randomUniformInt([5], 0, 100)),
    truncatedNormal: numbers(tf.truncatedNormal([5])),
    randomGamma: numbers(tf.randomGamma([5], 2)),
    randomStandardNormal: numbers(tf.randomStandardNormal([5])),
    multinomial: numbers(tf.multinomial(tf.tensor1d([0, 0, 0, 0, 0, 0, 0, 0]), 32)),
    dropout: numbers(tf.dropout(tf.ones([32]), 0.5)),
  };
}

function noisyModel(tf: Tf): LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.reshape({ targetShape: [4, 4, 1], inputShape: [16] }),
      tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.gaussianNoise({ stddev: 0.1 }),
      tf.layers.dense({ units: 32, activation: 'selu', kernelInitializer: 'orthogonal' }),
      tf.layers.alphaDropout({ rate: 0.2 }),
      tf.layers.gaussianDropout({ rate: 0.2 }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
}

function recurrentModel(tf: Tf): LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.reshape({ targetShape: [4, 4], inputShape: [16] }),
      tf.layers.spatialDropout1d({ rate: 0.2 }),
      tf.layers.lstm({ units: 6, dropout: 0.2, recurrentDropout: 0.2 }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
}

async function curves(
  name: string,
  tf: Tf,
  model: LayersModel,
): Promise<Record<string, readonly number[]>> {
  const rows = 90;
  const x = tf.tensor2d(
    Float32Array.from({ length: rows * 16 }, (_, i) => Math.sin(i * 12.9898)),
    [rows, 16],
  );
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: rows }, (_, i) => i % 3),
      'int32',
    ),
    3,
  );
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const { history } = await model.fit(x, y, {
    epochs: 4,
    batchSize: 16,
    validationSplit: 0.2,
    verbose: 0,
  });
  return Object.fromEntries(
    Object.entries(history).map(([key, values]) => [`${name} ${key}`, values.map(Number)]),
  );
}

async function shuffledRows(tf: Tf): Promise<number[]> {
  const rows = await tf.data.array([0, 1, 2, 3, 4, 5, 6, 7]).shuffle(8).repeat(2).toArray();
  return rows.map(Number);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , name, seed] = process.argv;
  const { tf } = await runtimeForTests(name as RuntimeName);
  console.log(JSON.stringify(await randomRun(tf, Number(seed))));
}
