import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { float32Of } from './halfFloat.ts';
import {
  notSafetensors,
  readSafetensors,
  writeSafetensors,
  type StoredTensor,
} from './safetensors.ts';

const scalingSchema = z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) });

/** What Cortex fitted on the training part and did to every row. */
const preparationSchema = z.object({
  /** By number of a row, in order; `null`: inputs are as they came. */
  inputs: scalingSchema.nullable(),
  /** Regression: outputs are in these units; `null`: in the targets' own. */
  targets: scalingSchema.nullable(),
  /** Names by output unit; empty for regression. */
  classes: z.array(z.string()),
});

const taskSchema = z.enum(['classification', 'regression', 'multi-label']);
const readingSchema = z.enum(['probabilities', 'logits', 'one-unit', 'one-unit-logits']);
/** `name`: `null` where it goes by its place. */
const placeSchema = z.object({ name: z.string().nullable(), shape: z.array(z.number()) });

/** All that using a trained model takes beside its weights; the header of a kept file. */
export const modelFactsSchema = z.object({
  version: z.literal(1),
  framework: z.enum(['tfjs', 'keras', 'torch']),
  versions: z.record(z.string(), z.string()),
  /** Keras's JSON of the model; `null` where only its builder's source can make it. */
  topology: z.string().nullable(),
  /** Classes of layers that only the builder's source has; absent: none. */
  ownLayers: z.array(z.string()).optional(),
  /** Names of the weights in the order of `getWeights`. */
  weights: z.array(z.string()),
  seed: z.number(),
  task: taskSchema,
  /** Shape of one input; of several the first. */
  inputShape: z.array(z.number()),
  /** Of the first output. */
  outputUnits: z.number(),
  /** How a classifier's outputs are to be read. */
  reading: readingSchema,
  /** Where there are several: each, side by side in a row. */
  inputs: z.array(placeSchema).optional(),
  outputs: z
    .array(
      placeSchema.extend({
        task: taskSchema,
        units: z.number(),
        reading: readingSchema,
        classes: z.array(z.string()),
      }),
    )
    .optional(),
  preparation: preparationSchema,
});

export type Preparation = DeepReadonly<z.infer<typeof preparationSchema>>;
export type ModelFacts = DeepReadonly<z.infer<typeof modelFactsSchema>>;

/** A weight with its numbers. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  /** `int32` for the few that count; everything else is a float. */
  readonly dtype: 'float32' | 'int32';
  readonly values: Float32Array;
}

/** A trained model as data. */
export interface TrainedModel {
  readonly facts: Omit<ModelFacts, 'version' | 'weights'>;
  /** In the order of `getWeights`. */
  readonly weights: readonly Weight[];
}

/** The one file a trained model is kept as. */
export const writeModel = ({ facts, weights }: TrainedModel): Uint8Array =>
  writeSafetensors({
    tensors: weights.map(storedWeight),
    metadata: {
      format: 'cortex',
      cortex: JSON.stringify({
        version: 1,
        ...facts,
        weights: weights.map(({ name }) => name),
      } satisfies ModelFacts),
    },
  });

/** Reads a kept file; throws an `input` error where it is damaged. */
export function readModel(file: Uint8Array): TrainedModel {
  const { tensors, metadata } = readSafetensors(file);
  const read = modelFactsSchema.safeParse(JSON.parse(metadata['cortex'] ?? 'null'));
  if (!read.success) throw notSafetensors('it does not say which model it is of');
  const { version: _, weights: order, ...facts } = read.data;
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const weights = order.map((name) => {
    const tensor = byName.get(name);
    if (!tensor) throw notSafetensors(`it lacks the weight ${name}`);
    return weightOf(tensor, byName.get(`${name}.scale`));
  });
  return { facts, weights };
}

/** The weights alone do not say the model: it takes the source of its builder. */
export const takesSource = ({ topology, ownLayers }: TrainedModel['facts']): boolean =>
  topology === null || ownLayers !== undefined;

/** Numbers of all weights together. */
export const parametersOf = ({ weights }: Pick<TrainedModel, 'weights'>): number =>
  weights.reduce((sum, { values }) => sum + values.length, 0);

function storedWeight({ name, shape, dtype, values }: Weight): StoredTensor {
  const numbers = dtype === 'int32' ? Int32Array.from(values) : values;
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return { name, shape, dtype: dtype === 'int32' ? 'I32' : 'F32', bytes };
}

function weightOf(tensor: StoredTensor, scale: StoredTensor | undefined): Weight {
  const { name, shape, dtype, bytes } = tensor;
  if (dtype === 'I8' && scale) {
    const scales = new Float32Array(scale.bytes.slice().buffer);
    const values = Float32Array.from(
      new Int8Array(bytes.slice().buffer),
      (value, index) => value * (scales[index % scales.length] ?? 0),
    );
    return { name, shape, dtype: 'float32', values };
  }
  if (dtype === 'F16') return { name, shape, dtype: 'float32', values: float32Of(bytes) };
  if (dtype !== 'F32' && dtype !== 'I32') throw notSafetensors(`${name} is of the type ${dtype}`);
  const { buffer } = bytes.slice();
  return dtype === 'I32'
    ? { name, shape, dtype: 'int32', values: Float32Array.from(new Int32Array(buffer)) }
    : { name, shape, dtype: 'float32', values: new Float32Array(buffer) };
}
