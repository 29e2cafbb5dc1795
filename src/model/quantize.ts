import { halfBytes, float32Of } from './halfFloat.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';

/** How weights are written: as they were trained, as 16-bit floats, or as bytes with a scale. */
export type Precision = 'float32' | 'float16' | 'uint8' | 'int8-per-channel';

/** Bytes that stand for numbers: `value = byte · scale + min`. */
export interface Affine {
  readonly bytes: Uint8Array;
  readonly scale: number;
  readonly min: number;
}

/** Signed bytes with a scale for each entry of the last axis: `value = byte · scale[channel]`. */
export interface PerChannel {
  readonly bytes: Int8Array;
  readonly scales: Float32Array;
}

const STEPS = 255;
const LARGEST = 127;

/** As TensorFlow.js's converter does it: one scale a tensor, moved so that 0 stays exactly 0. */
export function quantizeAffine(values: Float32Array): Affine {
  const [low, high] = rangeOf(values);
  if (low === high) return { bytes: new Uint8Array(values.length), scale: 1, min: low };
  const scale = (high - low) / STEPS;
  const min = low <= 0 && high >= 0 ? -Math.round(-low / scale) * scale : low;
  const bytes = Uint8Array.from(values, (value) =>
    Math.min(STEPS, Math.max(0, Math.round((value - min) / scale))),
  );
  return { bytes, scale, min };
}

/** Symmetric, one scale for each unit or filter (the last axis). */
export function quantizePerChannel({
  values,
  shape,
}: Pick<Weight, 'values' | 'shape'>): PerChannel {
  const width = shape.at(-1) ?? 1;
  const scales = new Float32Array(width);
  values.forEach((value, index) => {
    const channel = index % width;
    scales[channel] = Math.max(scales[channel] ?? 0, Math.abs(value) / LARGEST);
  });
  const bytes = Int8Array.from(values, (value, index) =>
    Math.round(value / (scales[index % width] || 1)),
  );
  return { bytes, scales };
}

/** The model as a program gets it back that reads weights of this precision. */
export const roundedTo = (model: TrainedModel, precision: Precision): TrainedModel => ({
  ...model,
  weights: model.weights.map((weight) => ({ ...weight, values: rounded(weight, precision) })),
});

/** Bytes of the weights alone, scales counted. */
export const weightBytes = ({ weights }: TrainedModel, precision: Precision): number =>
  weights.reduce((sum, weight) => sum + bytesOf(weight, precision), 0);

/** Few numbers gain nothing from bytes and lose much: they stay as they are, per channel. */
export const isQuantized = ({ dtype, shape }: Weight, precision: Precision): boolean =>
  dtype === 'float32' && (precision !== 'int8-per-channel' || shape.length > 1);

function rounded(weight: Weight, precision: Precision): Float32Array {
  if (precision === 'float32' || !isQuantized(weight, precision)) return weight.values;
  if (precision === 'float16') return float32Of(halfBytes(weight.values));
  if (precision === 'uint8') {
    const { bytes, scale, min } = quantizeAffine(weight.values);
    return Float32Array.from(bytes, (byte) => byte * scale + min);
  }
  const { bytes, scales } = quantizePerChannel(weight);
  return Float32Array.from(bytes, (byte, index) => byte * (scales[index % scales.length] ?? 0));
}

function bytesOf(weight: Weight, precision: Precision): number {
  const count = weight.values.length;
  if (precision === 'float32' || !isQuantized(weight, precision)) return 4 * count;
  if (precision === 'float16') return 2 * count;
  return count + (precision === 'uint8' ? 8 : 4 * (weight.shape.at(-1) ?? 1));
}

function rangeOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return values.length === 0 ? [0, 0] : [low, high];
}
