import * as z from 'zod';

/**
 * A value of an argument: plain JSON, or `{ "source": "tf.regularizers.l2({ l2: 1e-4 })" }` for
 * code.
 */
export const plainSchema = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.number(), z.string()])),
  z.object({ source: z.string() }),
]);

const why = z.string().optional().catch(undefined).describe('Why this edit, in one sentence.');

const layer = z.int().nonnegative().describe('Number of the layer in the list of layers.');

/** A new layer. */
export const layerSpecSchema = z.object({
  type: z.string().min(1).describe('tfjs factory name: dense, conv2d, dropout …'),
  arguments: z.record(z.string(), plainSchema).default({}),
});

const optimizerSchema = z.object({
  type: z.enum(['adam', 'sgd', 'rmsprop', 'momentum', 'adamax', 'adagrad']),
  learningRate: z.number().positive(),
});

/** Edits that name a layer by its number. */
export const anchoredEditSchema = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('setArgument'),
    layer,
    name: z.string().min(1),
    value: plainSchema,
    why,
  }),
  z.object({ op: z.literal('removeArgument'), layer, name: z.string().min(1), why }),
  z.object({ op: z.literal('replaceLayer'), layer, with: layerSpecSchema, why }),
  z.object({
    op: z.literal('insertLayers'),
    after: z.union([layer, z.literal('input')]),
    layers: z.array(layerSpecSchema).min(1),
    why,
  }),
  z.object({ op: z.literal('removeLayer'), layer, why }),
  z.object({
    op: z.literal('addResidual'),
    from: layer,
    to: layer,
    projection: layerSpecSchema.nullable().default(null),
    why,
  }),
  z.object({
    op: z.literal('setCompile'),
    optimizer: optimizerSchema.optional(),
    loss: z.string().min(1).optional(),
    why,
  }),
]);

/** An edit that replaces a text. */
export const textEditSchema = z.object({
  oldText: z.string().min(1).describe('Text that occurs exactly once in the builder.'),
  newText: z.string().describe('What stands there instead.'),
  why,
});

/** A function above the builder. */
export const helperEditSchema = z.object({
  helper: z
    .string()
    .min(1)
    .describe(
      'A function, constant or import of @tensorflow/tfjs*, inserted right above the builder.',
    ),
  why,
});

/** An offered candidate, taken as it is. */
export const candidateEditSchema = z.object({
  candidate: z.int().positive().describe('Number of an offered candidate to take as it is.'),
  why,
});
