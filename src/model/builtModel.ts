import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

const builtLayerSchema = z.object({
  name: z.string(),
  className: z.string(),
  /** Without the batch dimension; `null` for an unknown size. */
  outputShape: z.array(z.number().nullable()),
  parameters: z.number(),
});

/** {@link BuiltModel} as a message carries it. */
export const builtModelSchema = z.object({
  layers: z.array(builtLayerSchema),
  parameters: z.number(),
});

/** A layer as the runtime built it. */
export type BuiltLayer = DeepReadonly<z.infer<typeof builtLayerSchema>>;

/** A variant that builds, with the right shapes and inside the limits. */
export type BuiltModel = DeepReadonly<z.infer<typeof builtModelSchema>>;
