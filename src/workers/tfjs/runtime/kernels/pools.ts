import type { NamedAttrMap } from '@tensorflow/tfjs';
import type { Tf } from '../../tf.ts';
import type { WindowInfo, Windows } from './windows.ts';
import { windowsOf } from './windows.ts';

interface Attributes<Size> {
  readonly filterSize: number | Size;
  readonly strides: number | Size;
  readonly pad: 'same' | 'valid' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Windows of a pooling layer, each with the voxels in it. */
export interface Pools extends Windows {
  /** For every output voxel, the input voxels that it is computed from. */
  readonly members: readonly (readonly number[])[];
}

/** Windows over images. */
export function imagePools(
  tf: Tf,
  x: { shape: number[] } | undefined,
  attributes: NamedAttrMap,
): Pools {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as Attributes<
    [number, number]
  >;
  const shape = x?.shape as [number, number, number, number];
  return poolsOf(
    tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode),
  );
}

/** Windows over volumes. */
export function volumePools(
  tf: Tf,
  x: { shape: number[] } | undefined,
  attributes: NamedAttrMap,
): Pools {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as Attributes<
    [number, number, number]
  >;
  const shape = x?.shape as [number, number, number, number, number];
  return poolsOf(
    tf.backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode),
  );
}

function poolsOf(info: WindowInfo): Pools {
  const windows = windowsOf(info);
  const { outputVoxels, cells, met } = windows;
  const pool = (output: number): number[] =>
    Array.from(met.subarray(output * cells, (output + 1) * cells)).filter((voxel) => voxel >= 0);
  return { ...windows, members: Array.from({ length: outputVoxels }, (_, output) => pool(output)) };
}
