import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { EXPORT_FORMATS, QUANTIZATIONS } from './formats/exportFormat.ts';
import { modelFactsSchema, takesSource, type TrainedModel } from './trainedModel.ts';
import { variantSchema } from './variant.ts';

/** A trained model as it lies on the disk. */
export const savedModelSchema = z.object({
  /** `safetensors`: a file of `writeModel`; else the folder of an export. */
  format: z.enum(EXPORT_FORMATS),
  /** Absolute. */
  path: z.string(),
  reading: modelFactsSchema.shape.reading,
  /** Of several outputs, each. */
  readings: z.array(modelFactsSchema.shape.reading).optional(),
  /** Which rows it answers; absent: the validation part. `test` opens the sealed one. */
  evaluateOn: z.enum(['validation', 'test']).optional(),
  /** How fast it answers is measured, too. */
  timed: z.boolean(),
  /** The builder, where the weights alone do not say the model. */
  source: variantSchema.optional(),
  /** It is written in another format, too, by the library that has it. */
  writeAs: z
    .object({ format: z.enum(EXPORT_FORMATS), quantize: z.enum(QUANTIZATIONS).nullable() })
    .optional(),
});

export type SavedModel = DeepReadonly<z.infer<typeof savedModelSchema>>;

/** How a kept model is loaded: beside its builder where the weights do not say the model. */
export function savedAs(
  { facts }: Pick<TrainedModel, 'facts'>,
  source: NonNullable<SavedModel['source']>,
): Omit<SavedModel, 'path'> {
  const { reading, outputs } = facts;
  return {
    format: 'safetensors',
    reading,
    timed: false,
    ...(outputs && { readings: outputs.map((output) => output.reading) }),
    ...(takesSource(facts) && { source }),
  };
}
