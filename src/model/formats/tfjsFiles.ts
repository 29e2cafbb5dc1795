import { halfBytes } from '../halfFloat.ts';
import { quantizeAffine, type Precision } from '../quantize.ts';
import type { TrainedModel, Weight } from '../trainedModel.ts';
import type { ExportedFile } from './exportFormat.ts';

const SHARD_BYTES = 4 * 1024 * 1024;

/** A weight as `model.json` announces it. */
interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Weight['dtype'];
  readonly quantization?: {
    readonly dtype: 'uint8' | 'float16';
    readonly original_dtype: 'float32';
    readonly scale?: number;
    readonly min?: number;
  };
}

/**
 * `model.json` and its shards, as `tf.loadLayersModel` takes them, quantised with TensorFlow.js's
 * own types. What Cortex fitted to the inputs stands in `userDefinedMetadata.cortex`.
 */
export function tfjsFiles(
  model: TrainedModel & { readonly topology: string },
  precision: Exclude<Precision, 'int8-per-channel'>,
): readonly ExportedFile[] {
  const written = model.weights.map((weight) => writeWeight(weight, precision));
  const shards = shardsOf(joined(written.map(({ bytes }) => bytes)));
  const { topology: _, ...facts } = model.facts;
  const document = {
    format: 'layers-model',
    generatedBy: 'Cortex',
    convertedBy: null,
    modelTopology: JSON.parse(model.topology) as unknown,
    weightsManifest: [
      { paths: shards.map(({ name }) => name), weights: written.map(({ entry }) => entry) },
    ],
    userDefinedMetadata: { cortex: facts },
  };
  const text = new TextEncoder().encode(`${JSON.stringify(document)}\n`);
  return [{ name: 'model.json', bytes: text }, ...shards];
}

interface Written {
  readonly entry: WeightEntry;
  readonly bytes: Uint8Array;
}

function writeWeight({ name, shape, dtype, values }: Weight, precision: Precision): Written {
  const plain = { name, shape, dtype };
  if (dtype === 'int32')
    return { entry: plain, bytes: new Uint8Array(Int32Array.from(values).buffer) };
  if (precision === 'float32')
    return { entry: plain, bytes: new Uint8Array(values.slice().buffer) };
  const original_dtype = 'float32';
  if (precision === 'float16')
    return {
      entry: { ...plain, quantization: { dtype: 'float16', original_dtype } },
      bytes: halfBytes(values),
    };
  const { bytes, scale, min } = quantizeAffine(values);
  return {
    entry: { ...plain, quantization: { dtype: 'uint8', original_dtype, scale, min } },
    bytes,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function shardsOf(bytes: Uint8Array): readonly ExportedFile[] {
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  return Array.from({ length: count }, (_, index) => ({
    name: `group1-shard${index + 1}of${count}.bin`,
    bytes: bytes.subarray(index * SHARD_BYTES, (index + 1) * SHARD_BYTES),
  }));
}
