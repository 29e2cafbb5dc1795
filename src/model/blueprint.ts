import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/**
 * A built model as data: what a trainer that never runs a line of a variant needs to train it. It
 * names classes of the runtime alone.
 */
export const blueprintSchema = z.object({
  /** Keras's own JSON of the model, as `LayersModel.toJSON` writes it. */
  topology: z.string(),
  /** Initial weights in the order of `getWeights`, base64 of little-endian values. */
  weights: z.array(
    z.object({ shape: z.array(z.int().nonnegative()), dtype: z.string(), values: z.string() }),
  ),
  /** Places among the weights of those that are not trained, though their layers are. */
  frozen: z.array(z.int().nonnegative()).optional(),
  /** How many random numbers the builder drew: the trainer's sequence goes on behind them. */
  draws: z.int().nonnegative(),
  /** `null`: the builder did not compile. */
  compile: z
    .object({
      optimizer: z.object({
        className: z.string(),
        config: z.record(z.string(), z.unknown()),
      }),
      /** Names that `compile` knows, one for all outputs or one for each; `tf.losses.…` too. */
      loss: z.union([z.string(), z.array(z.string())]),
    })
    .nullable(),
});
export type Blueprint = DeepReadonly<z.infer<typeof blueprintSchema>>;

/**
 * What a variant's builder came to. `needs-code`: code of the variant has to run while it trains,
 * so it is trained in a confined process instead.
 */
export const drawingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('blueprint'), blueprint: blueprintSchema }),
  z.object({ kind: z.literal('needs-code'), why: z.string() }),
]);
export type Drawing = DeepReadonly<z.infer<typeof drawingSchema>>;
