import type { NamedTensorInfoMap } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import { numbersOf } from './windows.ts';
import { imagePools, volumePools, type Pools } from './pools.ts';

/**
 * Pooling as it is defined, computed on the numbers themselves. tfjs-backend-wasm 4.22 has these
 * kernels, but they are wrong where an image is not square or windows overlap; tfjs-backend-cpu's
 * are wrong where windows are not cubes.
 */
export const maxPoolingKernels: readonly ComposedKernel[] = [
  {
    name: 'MaxPoolGrad',
    compute: (tf, inputs, attributes) =>
      gradient(tf, inputs, imagePools(tf, inputs.input, attributes), giveToLargest),
  },
  {
    name: 'MaxPool3DGrad',
    compute: (tf, inputs, attributes) =>
      gradient(tf, inputs, volumePools(tf, inputs.input, attributes), giveToLargest),
  },
  {
    name: 'MaxPool3D',
    compute: (tf, inputs, attributes) =>
      maxPool(tf, inputs.x as Tensor, volumePools(tf, inputs.x, attributes)),
  },
];

/**
 * Here the wasm and the cpu backend divide by the whole window even where part of it is padding,
 * which the forward pass does not count.
 */
export const averagePoolingKernels: readonly ComposedKernel[] = [
  {
    name: 'AvgPoolGrad',
    compute: (tf, inputs, attributes) =>
      gradient(tf, inputs, imagePools(tf, inputs.input, attributes), giveToAll),
  },
  {
    name: 'AvgPool3DGrad',
    compute: (tf, inputs, attributes) =>
      gradient(tf, inputs, volumePools(tf, inputs.input, attributes), giveToAll),
  },
];

/** One pool of one channel: `places[i] * stride + first` are its elements. */
interface Pool {
  readonly places: readonly number[];
  readonly stride: number;
  readonly first: number;
}

/** Hands the gradient of one pool back to the elements it came from. */
type HandBack = (target: Float32Array, share: number, pool: Pool, input: Float32Array) => void;

const giveToLargest: HandBack = (target, share, pool, input) => {
  const largest = largestOf(input, pool);
  target[largest] = (target[largest] ?? 0) + share;
};

const giveToAll: HandBack = (target, share, { places, stride, first }) => {
  const part = share / places.length;
  for (const place of places)
    target[place * stride + first] = (target[place * stride + first] ?? 0) + part;
};

function gradient(tf: Tf, inputs: NamedTensorInfoMap, pools: Pools, handBack: HandBack): Tensor {
  const { dy, input } = inputs as { dy: Tensor; input: Tensor };
  const [shares, values] = [numbersOf(dy), numbersOf(input)];
  const result = new Float32Array(values.length);
  forEachPool(pools, (pool, output) => {
    handBack(result, shares[output] ?? 0, pool, values);
  });
  return tf.tensor(result, input.shape);
}

function maxPool(tf: Tf, x: Tensor, pools: Pools): Tensor {
  const values = numbersOf(x);
  const result = new Float32Array(pools.batch * pools.outputVoxels * pools.channels);
  forEachPool(pools, (pool, output) => {
    result[output] = values[largestOf(values, pool)] ?? NaN;
  });
  return tf.tensor(result, [...pools.outputShape]);
}

function forEachPool(
  { batch, channels, inputVoxels, members }: Pools,
  visit: (pool: Pool, output: number) => void,
): void {
  let output = 0;
  for (let sample = 0; sample < batch; sample += 1) {
    for (const places of members) {
      for (let channel = 0; channel < channels; channel += 1) {
        visit(
          { places, stride: channels, first: sample * inputVoxels * channels + channel },
          output,
        );
        output += 1;
      }
    }
  }
}

/** Index of a pool's largest element; the first of equals, as TensorFlow chooses. */
function largestOf(values: Float32Array, { places, stride, first }: Pool): number {
  let largest = (places[0] ?? 0) * stride + first;
  for (const place of places) {
    const index = place * stride + first;
    if ((values[index] ?? 0) > (values[largest] ?? 0)) largest = index;
  }
  return largest;
}
