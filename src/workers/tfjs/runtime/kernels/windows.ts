import type { Tensor } from '../../tf.ts';

/**
 * A window moving over volumes, channels last; images are volumes of depth 1. Sizes are `[depth,
 * height, width]`.
 */
export interface Windows {
  readonly batch: number;
  readonly channels: number;
  readonly outputShape: readonly number[];
  /** Voxels of one input and of one output. */
  readonly inputVoxels: number;
  readonly outputVoxels: number;
  /** Cells of one window. */
  readonly cells: number;
  /**
   * For output voxel `o` and cell `c`, at `o * cells + c`: the input voxel met there, or -1 outside
   * the input.
   */
  readonly met: Int32Array;
}

/**
 * What TensorFlow.js computes about a convolution or pooling over images; over volumes there is a
 * depth as well.
 */
export interface WindowInfo {
  readonly batchSize: number;
  readonly inChannels: number;
  readonly outShape: readonly number[];
  readonly padInfo: object;
}

type Axis = 'Depth' | 'Height' | 'Width';

/** All windows of a pooling or convolution. */
export function windowsOf(info: WindowInfo): Windows {
  const axes = [
    axisOf(info, 'Depth', 'front'),
    axisOf(info, 'Height', 'top'),
    axisOf(info, 'Width', 'left'),
  ];
  const product = (key: 'input' | 'output' | 'filter'): number =>
    axes.reduce((size, axis) => size * axis[key], 1);
  const [outputVoxels, cells] = [product('output'), product('filter')];
  const met = Int32Array.from({ length: outputVoxels * cells }, (_, i) =>
    inputVoxel(axes, Math.floor(i / cells), i % cells),
  );
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    outputShape: info.outShape,
    inputVoxels: product('input'),
    outputVoxels,
    cells,
    met,
  };
}

/** A tensor's numbers; a copy. */
export const numbersOf = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();

interface AxisWindows {
  readonly input: number;
  readonly output: number;
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
}

function axisOf(info: WindowInfo, axis: Axis, before: string): AxisWindows {
  const size = (key: string): number =>
    Number((info as unknown as Record<string, number>)[`${key}${axis}`] ?? 1);
  const padBefore = Number((info.padInfo as Record<string, number>)[before] ?? 0);
  return {
    input: size('in'),
    output: size('out'),
    filter: size('filter'),
    stride: size('stride'),
    dilation: size('dilation'),
    padBefore,
  };
}

function inputVoxel(axes: readonly AxisWindows[], output: number, cell: number): number {
  let voxel = 0;
  let scale = 1;
  for (const axis of axes.toReversed()) {
    const place =
      (output % axis.output) * axis.stride - axis.padBefore + (cell % axis.filter) * axis.dilation;
    if (place < 0 || place >= axis.input) return -1;
    voxel += place * scale;
    scale *= axis.input;
    output = Math.floor(output / axis.output);
    cell = Math.floor(cell / axis.filter);
  }
  return voxel;
}
