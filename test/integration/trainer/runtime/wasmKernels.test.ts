import assert from 'node:assert/strict';
import type { Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { describe, test } from 'node:test';
import type { Tensor } from '../../../../src/workers/tfjs/tf.ts';
import { tf, values, assertClose } from './kernelPairs.ts';

type Shape = [number, number, number, number];

type Convolution = {
  x: Shape;
  filter: Shape;
  strides: [number, number];
  pad: 'same' | 'valid' | number;
};

const convolutions: readonly Convolution[] = [
  { x: [2, 8, 8, 1], filter: [3, 3, 1, 4], strides: [1, 1], pad: 'same' },
  { x: [3, 7, 9, 2], filter: [3, 2, 2, 3], strides: [1, 1], pad: 'valid' },
  { x: [2, 9, 8, 3], filter: [3, 3, 3, 2], strides: [2, 2], pad: 'same' },
  { x: [2, 10, 7, 2], filter: [4, 3, 2, 2], strides: [2, 3], pad: 'valid' },
  { x: [1, 6, 6, 3], filter: [1, 1, 3, 5], strides: [2, 2], pad: 'valid' },
  { x: [2, 5, 5, 2], filter: [3, 3, 2, 2], strides: [3, 3], pad: 'same' },
  { x: [2, 6, 5, 2], filter: [3, 3, 2, 3], strides: [2, 2], pad: 1 },
  { x: [4, 1, 12, 2], filter: [1, 5, 2, 3], strides: [1, 1], pad: 'same' },
  { x: [1, 4, 4, 2], filter: [4, 4, 2, 2], strides: [1, 1], pad: 'valid' },
];

const named = ({ x, filter, strides, pad }: Convolution): string =>
  `images ${x.join('×')}, filter ${filter.join('×')}, strides ${strides.join('×')}, pad ${pad}`;

describe('on WebAssembly, composed kernels equal those of the cpu backend', () => {
  for (const convolution of convolutions) {
    const { x, filter, strides, pad } = convolution;
    test(`convolution: ${named(convolution)}`, async () => {
      await assertSame(() =>
        gradients([x, filter], ([images, weights]) =>
          tf.conv2d(images as Tensor4D, weights as Tensor4D, strides, pad),
        ),
      );
    });
    test(`convolution, channels first: ${named(convolution)}`, async () => {
      const [batch, height, width, channels] = x;
      await assertSame(() =>
        tf.tidy(() => {
          const dy: Tensor = tf.conv2d<Tensor4D>(
            values(x) as Tensor4D,
            values(filter) as Tensor4D,
            strides,
            pad,
          );
          const [outputBatch = 0, rows = 0, columns = 0, outputs = 0] = dy.shape;
          const geometry = {
            strides,
            pad,
            filterShape: filter,
            dataFormat: 'NCHW',
            dimRoundingMode: undefined,
          };
          const inputs = {
            x: values([batch, channels, height, width]),
            dy: values([outputBatch, outputs, rows, columns]),
          };
          return [
            tf.engine().runKernel('Conv2DBackpropFilter', inputs, geometry as never) as Tensor,
          ];
        }),
      );
    });
    for (const multiplier of [1, 2]) {
      test(`depthwise convolution, multiplier ${multiplier}: ${named(convolution)}`, async () => {
        const shapes = [x, [filter[0], filter[1], x[3], multiplier]] as const;
        await assertSame(() =>
          gradients(shapes, ([images, weights]) =>
            tf.depthwiseConv2d(images as Tensor4D, weights as Tensor4D, strides, pad),
          ),
        );
      });
    }
  }
});

describe('on WebAssembly, pooling and its gradients equal those of the cpu backend', () => {
  for (const { x, filter, strides, pad } of convolutions) {
    const [window, geometry] = [
      [filter[0], filter[1]] as [number, number],
      `images ${x.join('×')}, window ${filter[0]}×${filter[1]}, strides ` +
        `${strides.join('×')}, pad ${pad}`,
    ];
    test(`max pooling: ${geometry}`, async () => {
      await assertSame(() =>
        gradients([x], ([images]) => tf.maxPool(images as Tensor4D, window, strides, pad)),
      );
    });
    test(`average pooling: ${geometry}`, async () => {
      await assertSame(() =>
        gradients([x], ([images]) => tf.avgPool(images as Tensor4D, window, strides, pad)),
      );
    });
  }

  for (const pad of ['same', 'valid'] as const) {
    for (const stride of [1, 2]) {
      const volume = [2, 4, 5, 6, 2];
      test(`convolution of volumes, pad ${pad}, strides ${stride}`, async () => {
        await assertSame(() =>
          gradients([volume, [2, 3, 2, 2, 3]], ([x, filter]) =>
            tf.conv3d(x as Tensor5D, filter as Tensor5D, stride, pad),
          ),
        );
      });
      test(`pooling of volumes, pad ${pad}, strides ${stride}`, async () => {
        await assertSame(() =>
          tf.tidy(() => [
            tf.maxPool3d(values(volume) as Tensor5D, [2, 3, 2], stride, pad),
            tf.avgPool3d(values(volume) as Tensor5D, [2, 3, 2], stride, pad),
          ]),
        );
        await assertSame(() =>
          gradients([volume], ([x]) => tf.maxPool3d(x as Tensor5D, [2, 3, 2], stride, pad)),
        );
        await assertSame(() =>
          gradients([volume], ([x]) => tf.avgPool3d(x as Tensor5D, [2, 3, 2], stride, pad)),
        );
      });
    }
  }
});

describe('on WebAssembly, other kernels equal those of the cpu backend', () => {
  for (const size of [
    [16, 16],
    [7, 9],
    [4, 4],
    [12, 8],
  ] as [number, number][]) {
    test(`nearest neighbours, 8×8 to ${size.join('×')}`, async () => {
      for (const align of [false, true])
        await assertSame(() =>
          gradients([[2, 8, 8, 3]], ([x]) =>
            tf.image.resizeNearestNeighbor(x as Tensor4D, size, align),
          ),
        );
    });
  }

  for (const [first, second] of [
    [[], []],
    [[1], [1]],
    [[3], [3]],
    [[3], [1]],
    [
      [2, 3],
      [2, 3],
    ],
  ] as const) {
    test(
      `matrix products, batches [${first.join(', ')}] and [${second.join(', ')}], transposed ` +
        'or not',
      async () => {
        for (const [a, b] of [
          [false, false],
          [true, false],
          [false, true],
          [true, true],
        ] as const) {
          const left = values([...first, ...(a ? [4, 5] : [5, 4])]);
          const right = values([...second, ...(b ? [6, 4] : [4, 6])]);
          await assertSame(() => tf.tidy(() => [tf.matMul(left, right, a, b)]));
        }
      },
    );
  }

  for (const alpha of [[4, 5, 6], [1, 1, 6], [4, 5, 1], [6], []]) {
    test(`prelu, alpha of shape [${alpha.join(', ')}]`, async () => {
      await assertSame(() => tf.tidy(() => [tf.prelu(values([3, 4, 5, 6]), values(alpha))]));
      await assertSame(() =>
        gradients([[3, 4, 5, 6], alpha], ([x, slope]) => tf.prelu(x as Tensor, slope as Tensor)),
      );
    });
  }

  const segments = { 'one dimension': [6], 'an embedding': [6, 4], 'rows of tables': [6, 2, 3] };
  for (const [name, shape] of Object.entries(segments)) {
    test(`sums of segments: ${name}, ids repeated, missing and out of range`, async () => {
      await assertSame(() =>
        tf.tidy(() => [
          tf.unsortedSegmentSum(values(shape), tf.tensor1d([2, 0, 2, 5, -1, 2], 'int32'), 4),
        ]),
      );
    });
  }

  const equations: Record<string, readonly number[][]> = {
    'ij,jk->ik': [
      [3, 4],
      [4, 2],
    ],
    'bij,bjk->bik': [
      [2, 3, 4],
      [2, 4, 5],
    ],
    'bthd,bshd->bhts': [
      [2, 3, 2, 4],
      [2, 5, 2, 4],
    ],
    'ij->ji': [[3, 4]],
    'ij->': [[3, 4]],
    'i,j->ij': [[3], [4]],
  };
  for (const [equation, shapes] of Object.entries(equations)) {
    test(`einsum ${equation}`, async () => {
      await assertSame(() =>
        tf.tidy(() => [tf.einsum(equation, ...shapes.map((shape) => values(shape)))]),
      );
    });
  }
});

test('a training step leaves no tensor behind', async () => {
  await tf.setBackend('wasm');
  const step = (): void => {
    tf.dispose(
      gradients(
        [
          [2, 8, 8, 3],
          [3, 3, 3, 4],
        ],
        ([x, filter]) => tf.conv2d(x as Tensor4D, filter as Tensor4D, 2, 'same'),
      ),
    );
    tf.dispose(
      gradients(
        [
          [2, 8, 8, 3],
          [3, 3, 3, 2],
        ],
        ([x, filter]) => tf.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, 2, 'same'),
      ),
    );
    tf.dispose(gradients([[5, 3]], ([table]) => tf.gather(table as Tensor, [1, 1, 4])));
  };
  const remaining = (): unknown => [tf.memory().numTensors, tf.memory().numDataBuffers];
  step();
  const first = remaining();
  for (let i = 0; i < 5; i += 1) step();
  assert.deepEqual(remaining(), first);
});

/** Gradients of a function of tensors of these shapes, against uneven weights of its output. */
function gradients(
  shapes: readonly (readonly number[])[],
  compute: (tensors: readonly Tensor[]) => Tensor,
): Tensor[] {
  return tf.tidy(() => {
    const inputs = shapes.map((shape) => values(shape));
    return tf.grads((...tensors: Tensor[]) =>
      tf.mul(compute(tensors), values(compute(tensors).shape)),
    )(inputs);
  });
}

async function assertSame(compute: () => Tensor[]): Promise<void> {
  const [actual, expected] = [await onBackend('wasm', compute), await onBackend('cpu', compute)];
  assert.deepEqual(
    actual.map(({ shape }) => shape),
    expected.map(({ shape }) => shape),
  );
  for (const [index, { numbers }] of expected.entries())
    assertClose(actual[index]?.numbers, numbers);
}

async function onBackend(
  name: string,
  compute: () => Tensor[],
): Promise<{ shape: number[]; numbers: ArrayLike<number> }[]> {
  await tf.setBackend(name);
  const tensors = compute();
  const results = await Promise.all(
    tensors.map(async (tensor) => ({
      shape: tensor.shape,
      numbers: Float32Array.from(await tensor.data()),
    })),
  );
  tf.dispose(tensors);
  return results;
}
