import { gzipSync } from 'fflate';
import { halfBytes } from './halfFloat.ts';
import {
  isQuantized,
  quantizeAffine,
  quantizePerChannel,
  weightBytes,
  type Precision,
} from './quantize.ts';
import { zerosIn } from './sparsity.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';

/** Share of zeros from which packing pays. */
const MANY = 1 / 4;

/** Whether its weights are sent packed: a file of many zeros is as long as any other. */
export const isPackedToShip = (model: TrainedModel): boolean => zerosIn(model) >= MANY;

/**
 * Bytes of the weights as they would ship: scales counted, and packed by gzip (measured, no
 * estimate) where many are zero, as web servers send them and exports hold them.
 */
export function shippedBytes(model: TrainedModel, precision: Precision): number {
  if (!isPackedToShip(model)) return weightBytes(model, precision);
  const parts = model.weights.flatMap((weight) => bytesOf(weight, precision));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return packed(all).length;
}

/** By gzip; the same bytes every time. */
export const packed = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 9, mtime: 0 });

function bytesOf(weight: Weight, precision: Precision): readonly Uint8Array[] {
  const { values } = weight;
  if (precision === 'float32' || !isQuantized(weight, precision)) return [raw(values)];
  if (precision === 'float16') return [halfBytes(values)];
  if (precision === 'uint8') {
    const { bytes, scale, min } = quantizeAffine(values);
    return [bytes, raw(Float32Array.of(scale, min))];
  }
  const { bytes, scales } = quantizePerChannel(weight);
  return [raw(bytes), raw(scales)];
}

const raw = ({ buffer, byteOffset, byteLength }: Float32Array | Int8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
