import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seedRuntime } from '../../src/workers/tfjs/runtime/determinism.ts';
import { loadRuntime } from '../../src/workers/tfjs/runtime/loadRuntime.ts';
import type { LayersModel, Tensor, Tf } from '../../src/workers/tfjs/tf.ts';
import type { Row } from './row.ts';

const BATCH = 32;
const STEPS = { cpu: 3, wasm: 60 };
const GOAL = 10;

/**
 * Training steps of a small convolutional network on the handwritten digits: WebAssembly against
 * tfjs's cpu backend.
 */
export async function bench(): Promise<Row[]> {
  const assetFolder = join(
    process.cwd(),
    'node_modules',
    '@tensorflow',
    'tfjs-backend-wasm',
    'dist',
  );
  const { tf } = await loadRuntime('wasm', { assetFolder, tfjsNodeFolders: [] });
  const cpu = await millisecondsPerStep(tf, 'cpu');
  const wasm = await millisecondsPerStep(tf, 'wasm');
  const ratio = cpu / wasm;
  return [
    {
      figure: 'small CNN, one training step: wasm',
      goal: `≥ ${GOAL}× faster than cpu`,
      measured: `${wasm.toFixed(1)} ms (cpu ${cpu.toFixed(0)} ms)`,
      ratio: `${ratio.toFixed(0)}×`,
      met: ratio >= GOAL,
    },
  ];
}

/** Median over the backend's steps, after one step that is not counted. */
async function millisecondsPerStep(tf: Tf, backend: 'cpu' | 'wasm'): Promise<number> {
  await tf.setBackend(backend);
  seedRuntime(tf, 1);
  const model = digitsNetwork(tf);
  const { x, y } = await firstDigits(tf);
  const times: number[] = [];
  for (let step = 0; step <= STEPS[backend]; step += 1) {
    const start = performance.now();
    await model.trainOnBatch(x, y);
    times.push(performance.now() - start);
  }
  tf.dispose([x, y]);
  return median(times.slice(1));
}

function digitsNetwork(tf: Tf): LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 1],
        filters: 16,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
      }),
      tf.layers.conv2d({ filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 32, activation: 'relu' }),
      tf.layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
  return model;
}

async function firstDigits(tf: Tf): Promise<{ x: Tensor; y: Tensor }> {
  const text = await readFile(join('examples', 'digits', 'digits.csv'), 'utf8');
  const rows = text
    .split('\n')
    .slice(1, BATCH + 1)
    .map((line) => line.split(',').map(Number));
  const labels = tf.tensor1d(
    rows.map((row) => row[64] ?? 0),
    'int32',
  );
  return {
    x: tf.tensor(
      rows.flatMap((row) => row.slice(0, 64).map((pixel) => pixel / 16)),
      [BATCH, 8, 8, 1],
    ),
    y: tf.oneHot(labels, 10),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
