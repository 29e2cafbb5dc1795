import { halfBytes } from '../halfFloat.ts';
import { isQuantized, quantizePerChannel, type Precision } from '../quantize.ts';
import { writeSafetensors, type StoredTensor } from '../safetensors.ts';
import type { TrainedModel, Weight } from '../trainedModel.ts';
import type { ExportedFile } from './exportFormat.ts';

/**
 * `model.safetensors` with everything Cortex knows of the model in its header. Of 8 bits a weight
 * is `name` (I8) times `name.scale` (F32, by the last axis).
 */
export function safetensorsFiles(
  { facts, weights }: TrainedModel,
  precision: Exclude<Precision, 'uint8'>,
): readonly ExportedFile[] {
  const cortex = {
    version: 1,
    ...facts,
    precision,
    weights: weights.map(({ name }) => name),
  };
  const bytes = writeSafetensors({
    tensors: weights.flatMap((weight) => tensorsOf(weight, precision)),
    metadata: {
      format: facts.framework === 'torch' ? 'pt' : 'cortex',
      cortex: JSON.stringify(cortex),
    },
  });
  return [{ name: 'model.safetensors', bytes }];
}

function tensorsOf(weight: Weight, precision: Precision): readonly StoredTensor[] {
  const { name, shape, values, dtype } = weight;
  if (dtype === 'int32')
    return [{ name, shape, dtype: 'I32', bytes: bytesOf(Int32Array.from(values)) }];
  if (precision === 'float16') return [{ name, shape, dtype: 'F16', bytes: halfBytes(values) }];
  if (precision === 'float32' || !isQuantized(weight, precision))
    return [{ name, shape, dtype: 'F32', bytes: bytesOf(values) }];
  const { bytes, scales } = quantizePerChannel(weight);
  return [
    { name, shape, dtype: 'I8', bytes: bytesOf(bytes) },
    { name: `${name}.scale`, shape: [scales.length], dtype: 'F32', bytes: bytesOf(scales) },
  ];
}

const bytesOf = (numbers: Float32Array | Int32Array | Int8Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
