import * as z from 'zod';
import type { DeepReadonly } from '../../../util/deepReadonly.ts';

const configSchema = z.record(z.string(), z.unknown());

/**
 * A built model as data: what a trainer that never runs a line of a variant needs to train it. It
 * names classes of TensorFlow.js alone.
 */
export const blueprintSchema = z.object({
  /** Keras's own JSON of the model, as `LayersModel.toJSON` writes it. */
  topology: z.string(),
  /** Initial weights in the order of `getWeights`, base64 of little-endian values. */
  weights: z.array(
    z.object({ shape: z.array(z.int().nonnegative()), dtype: z.string(), values: z.base64() }),
  ),
  /** How many random numbers the builder drew: the trainer's sequence goes on behind them. */
  draws: z.int().nonnegative(),
  /** `null`: the builder did not compile. */
  compile: z
    .object({
      optimizer: z.object({ className: z.string(), config: configSchema }),
      /** A name that `compile` knows; `tf.losses.…` for functions of that room. */
      loss: z.string(),
    })
    .nullable(),
});
export type Blueprint = DeepReadonly<z.infer<typeof blueprintSchema>>;

/**
 * Why a model is more than data: code of the variant has to run while it trains, so it is trained
 * in a confined process instead.
 */
export type Drawn =
  | { readonly kind: 'blueprint'; readonly blueprint: Blueprint }
  | { readonly kind: 'needs-code'; readonly why: string };
