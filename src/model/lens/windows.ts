import type { Layer } from '../architecture.ts';
import { argumentOf, flagOf, numberOf, numbersOf, sizesOf, stringOf } from '../layerArguments.ts';
import { windowRank } from '../layerDefaults.ts';
import type { InferredShape, Shape, ShapeRule } from './shape.ts';

/** An input taken apart into the dimensions a window slides over and its channels. */
interface Grid {
  readonly lengths: Shape;
  readonly channels: number;
  readonly join: (lengths: Shape, channels: number) => Shape;
}

/**
 * Takes an input of a `…1d`, `…2d` or `…3d` layer apart; `null` where it has another number of
 * dimensions.
 */
export function gridOf(layer: Layer, input: Shape): Grid | null {
  if (input.length !== windowRank(layer.type) + 1) return null;
  const first = stringOf(layer, 'dataFormat') === 'channelsFirst';
  const channels = (first ? input[0] : input.at(-1)) ?? 1;
  return {
    lengths: first ? input.slice(1) : input.slice(0, -1),
    channels,
    join: (lengths, out) => (first ? [out, ...lengths] : [...lengths, out]),
  };
}

type Slide = (
  length: number,
  window: { readonly kernel: number; readonly stride: number; readonly padding: string | number },
) => number;

/**
 * Output lengths of a layer whose window slides over its input, with the runtime's own formulas
 * (`conv_utils` of tfjs-layers).
 */
const sliding =
  (
    channelsOf: (layer: Layer, channels: number) => number | null,
    slide: Slide = forward,
  ): ShapeRule =>
  (layer, [input]) => {
    const grid = gridOf(layer, input);
    const channels = grid && channelsOf(layer, grid.channels);
    if (!grid) return 'impossible';
    const windows = windowsOf(layer, grid.lengths.length);
    if (!windows || channels === null) return 'unknown';
    return possible(
      grid.join(
        grid.lengths.map((length, axis) => slide(length, windowAt(windows, axis))),
        channels,
      ),
    );
  };

interface Windows {
  readonly kernel: Shape;
  readonly strides: Shape;
  /** `same`, `valid`, or how many zeros stand on each side (PyTorch). */
  readonly padding: string | readonly number[];
}

/** Kernel or pool of a layer with its strides; dilation widens the kernel. */
function windowsOf(layer: Layer, rank: number): Windows | null {
  const pool = layer.type.includes('ooling');
  const kernel = sizesOf(layer, pool ? 'poolSize' : 'kernelSize', rank, pool ? 2 : 1);
  const strides =
    pool && !argumentOf(layer, 'strides') ? kernel : sizesOf(layer, 'strides', rank, 1);
  const dilation = sizesOf(layer, 'dilationRate', rank, 1);
  const padding = argumentOf(layer, 'padding')
    ? (stringOf(layer, 'padding') ?? sizesOf(layer, 'padding', rank, 0))
    : 'valid';
  if (!kernel || !strides || !dilation || padding === null) return null;
  return {
    kernel: kernel.map((size, axis) => (size - 1) * (dilation[axis] ?? 1) + 1),
    strides,
    padding,
  };
}

const windowAt = ({ kernel, strides, padding }: Windows, axis: number): Parameters<Slide>[1] => ({
  kernel: kernel[axis] ?? 1,
  stride: strides[axis] ?? 1,
  padding: typeof padding === 'string' ? padding : (padding[axis] ?? 0),
});

const forward: Slide = (length, { kernel, stride, padding }) =>
  padding === 'same' || padding === 'causal'
    ? Math.ceil(length / stride)
    : Math.floor((length + around(padding) - kernel) / stride) + 1;

const backward: Slide = (length, { kernel, stride, padding }) =>
  typeof padding === 'number'
    ? (length - 1) * stride - around(padding) + kernel
    : length * stride + (padding === 'same' ? 0 : Math.max(kernel - stride, 0));

const around = (padding: string | number): number =>
  typeof padding === 'number' ? 2 * padding : 0;

const possible = (shape: Shape): InferredShape =>
  shape.every((length) => length >= 1) ? shape : 'impossible';

const filters = (layer: Layer): number | null => numberOf(layer, 'filters');
const keep = (_layer: Layer, channels: number): number => channels;
const multiplied = (layer: Layer, channels: number): number =>
  channels * (numberOf(layer, 'depthMultiplier') ?? 1);

const convolution = sliding(filters);
const transposed: ShapeRule = (layer, inputs, surroundings) =>
  argumentOf(layer, 'outputPadding')
    ? 'unknown'
    : sliding(filters, backward)(layer, inputs, surroundings);
const pooling = sliding(keep);

const globalPooling: ShapeRule = (layer, [input]) => {
  const grid = gridOf(layer, input);
  if (!grid) return 'impossible';
  return flagOf(layer, 'keepdims', false)
    ? grid.join(
        grid.lengths.map(() => 1),
        grid.channels,
      )
    : [grid.channels];
};

/** Time steps of images, one convolution a step. */
const convolutionalRecurrent: ShapeRule = (layer, [input], surroundings) => {
  const [steps, ...image] = input;
  const [first, ...others] = image;
  if (steps === undefined || first === undefined || flagOf(layer, 'returnState', false))
    return 'unknown';
  const each = convolution(layer, [[first, ...others]], surroundings);
  if (typeof each === 'string') return each;
  return flagOf(layer, 'returnSequences', false) ? [steps, ...each] : each;
};

/** A layer that adds to, takes from or multiplies the lengths of its input. */
const resized =
  (name: string, change: (length: number, sizes: readonly [number, number]) => number): ShapeRule =>
  (layer, [input]) => {
    const grid = gridOf(layer, input);
    if (!grid) return 'impossible';
    const sizes = borders(layer, name, grid.lengths.length);
    return sizes
      ? possible(
          grid.join(
            grid.lengths.map((length, axis) => change(length, sizes[axis] ?? [0, 0])),
            grid.channels,
          ),
        )
      : 'unknown';
  };

/**
 * Two numbers a dimension: `1`, `[1, 2]` or `[[1, 1], [2, 2]]`; tfjs and Keras read one dimension's
 * `[1, 2]` as before and after.
 */
function borders(
  layer: Layer,
  name: string,
  rank: number,
): readonly (readonly [number, number])[] | null {
  const value = argumentOf(layer, name);
  const pairs =
    value?.kind === 'list' && value.items.every((item) => item.kind === 'list')
      ? value.items
      : null;
  if (pairs)
    return pairs.map(({ items: [before, after] }) => [
      before?.kind === 'number' ? before.value : NaN,
      after?.kind === 'number' ? after.value : NaN,
    ]);
  const numbers = numbersOf(layer, name);
  if (rank === 1 && numbers)
    return numbers.length === 2 ? [[numbers[0] ?? 0, numbers[1] ?? 0]] : null;
  return sizesOf(layer, name, rank, name === 'size' ? 2 : 1)?.map((size) => [size, size]) ?? null;
}

const enlarged = resized('size', (length, [size]) => length * size);
const padded = resized('padding', (length, [before, after]) => length + before + after);
const cropped = resized('cropping', (length, [before, after]) => length - before - after);

/** Layers that slide over, pool or resize sequences, images and volumes. */
export const WINDOW_RULES: Readonly<Record<string, ShapeRule>> = {
  conv1d: convolution,
  conv2d: convolution,
  conv3d: convolution,
  separableConv1d: convolution,
  separableConv2d: convolution,
  conv1dTranspose: transposed,
  conv2dTranspose: transposed,
  conv3dTranspose: transposed,
  depthwiseConv1d: sliding(multiplied),
  depthwiseConv2d: sliding(multiplied),
  convLstm2d: convolutionalRecurrent,
  maxPooling1d: pooling,
  maxPooling2d: pooling,
  maxPooling3d: pooling,
  averagePooling1d: pooling,
  averagePooling2d: pooling,
  averagePooling3d: pooling,
  globalAveragePooling1d: globalPooling,
  globalAveragePooling2d: globalPooling,
  globalAveragePooling3d: globalPooling,
  globalMaxPooling1d: globalPooling,
  globalMaxPooling2d: globalPooling,
  globalMaxPooling3d: globalPooling,
  upSampling1d: enlarged,
  upSampling2d: enlarged,
  upSampling3d: enlarged,
  zeroPadding1d: padded,
  zeroPadding2d: padded,
  zeroPadding3d: padded,
  cropping1d: cropped,
  cropping2D: cropped,
  cropping3d: cropped,
};
