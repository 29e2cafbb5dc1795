import type { Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { describe, test } from 'node:test';
import type { Tensor } from '../../../../src/workers/tfjs/tf.ts';
import { tf, values, assertClose } from './kernelPairs.ts';

describe('gradients that tfjs has wrong are the slopes of what they are the gradients of', () => {
  const functions: Record<string, { shape: number[]; compute: (x: Tensor) => Tensor }> = {
    'max pooling, not square': {
      shape: [1, 3, 7, 2],
      compute: (x) => tf.maxPool(x as Tensor4D, [2, 3], 2, 'valid'),
    },
    'max pooling, overlapping': {
      shape: [1, 5, 5, 1],
      compute: (x) => tf.maxPool(x as Tensor4D, 3, 1, 'same'),
    },
    'max pooling of volumes, not cubic': {
      shape: [1, 3, 4, 2, 2],
      compute: (x) => tf.maxPool3d(x as Tensor5D, [2, 3, 1], 1, 'same'),
    },
    'average pooling, padded': {
      shape: [1, 5, 4, 2],
      compute: (x) => tf.avgPool(x as Tensor4D, 3, 2, 'same'),
    },
    'average pooling of volumes, padded': {
      shape: [1, 3, 4, 3, 1],
      compute: (x) => tf.avgPool3d(x as Tensor5D, 2, 1, 'same'),
    },
    'nearest neighbours, larger': {
      shape: [1, 3, 4, 2],
      compute: (x) => tf.image.resizeNearestNeighbor(x as Tensor4D, [6, 9]),
    },
    'nearest neighbours, smaller': {
      shape: [1, 6, 5, 1],
      compute: (x) => tf.image.resizeNearestNeighbor(x as Tensor4D, [4, 2]),
    },
  };
  for (const [name, { shape, compute }] of Object.entries(functions)) {
    for (const backend of ['cpu', 'wasm']) {
      test(`${name}, on ${backend}`, async () => {
        await tf.setBackend(backend);
        const weighted = (x: Tensor): Tensor => tf.mul(compute(x), values(compute(x).shape));
        const gradient = tf.tidy(() =>
          tf
            .grad(weighted)(spaced(shape, -1, 0))
            .dataSync(),
        );
        assertClose(gradient, slopes(shape, weighted));
      });
    }
  }

  /** Whole numbers, no two alike, in no order; `step` is added to the one at `place`. */
  const spaced = (shape: number[], place: number, step: number): Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, (_, i) => ((i * 11) % size) + (i === place ? step : 0)),
      shape,
    );
  };

  /** Exact, for functions that are linear between those numbers. */
  const slopes = (shape: number[], compute: (x: Tensor) => Tensor): number[] =>
    Array.from({ length: shape.reduce((product, length) => product * length, 1) }, (_, place) =>
      tf.tidy(
        () =>
          tf
            .sum(tf.sub(compute(spaced(shape, place, 0.5)), compute(spaced(shape, place, -0.5))))
            .dataSync()[0] ?? NaN,
      ),
    );
});

describe('dilated depthwise gradients', () => {
  // The cpu backend ignores dilations in these two kernels; a filter with zeros between its cells
  // is the same convolution.
  test('equal those of the filter spread out', async () => {
    await tf.setBackend('wasm');
    const geometry = {
      strides: [1, 1],
      pad: 'same',
      dilations: [2, 2],
      dimRoundingMode: undefined,
    };
    const [x, filter] = [values([2, 7, 8, 3]), values([3, 2, 3, 2])];
    const dy = values([2, 7, 8, 6]);
    const [filterGradient, inputGradient] = [
      tf.engine().runKernel('DepthwiseConv2dNativeBackpropFilter', { x, dy }, {
        ...geometry,
        filterShape: filter.shape,
      } as never) as Tensor,
      tf.engine().runKernel('DepthwiseConv2dNativeBackpropInput', { dy, filter }, {
        ...geometry,
        inputShape: x.shape,
      } as never) as Tensor,
    ];
    const forward = tf.grads((images: Tensor, weights: Tensor) =>
      tf.depthwiseConv2d(images as Tensor4D, spread(weights), 1, 'same'),
    );
    const [expectedInput, expectedFilter] = forward([x, filter], dy);
    assertClose(await inputGradient.data(), await expectedInput?.data());
    assertClose(await filterGradient.data(), await expectedFilter?.data());
  });

  const spread = (filter: Tensor): Tensor4D => {
    const [height = 0, width = 0, ...rest] = filter.shape;
    const columns = tf
      .stack([filter, tf.zerosLike(filter)], 2)
      .reshape([height, width * 2, ...rest])
      .slice([0, 0], [height, width * 2 - 1]);
    const rows = tf
      .stack([columns, tf.zerosLike(columns)], 1)
      .reshape([height * 2, width * 2 - 1, ...rest])
      .slice([0], [height * 2 - 1]);
    return rows as Tensor4D;
  };
});
