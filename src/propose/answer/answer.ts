import * as z from 'zod';

/**
 * A value of an argument: plain JSON, or `{ "source": "tf.regularizers.l2({ l2: 1e-4 })" }` for
 * code.
 */
const plainSchema = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.number(), z.string()])),
  z.object({ source: z.string() }),
]);

const why = z.string().optional().catch(undefined).describe('Why this edit, in one sentence.');
const layer = z.int().nonnegative().describe('Number of the layer in the list of layers.');
const layerSpecSchema = z.object({
  type: z.string().min(1).describe('tfjs factory name: dense, conv2d, dropout …'),
  arguments: z.record(z.string(), plainSchema).default({}),
});
const optimizerSchema = z.object({
  type: z.enum(['adam', 'sgd', 'rmsprop', 'momentum', 'adamax', 'adagrad']),
  learningRate: z.number().positive(),
});

const anchoredEditSchema = z.discriminatedUnion('op', [
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

const textEditSchema = z.object({
  oldText: z.string().min(1).describe('Text that occurs exactly once in the builder.'),
  newText: z.string().describe('What stands there instead.'),
  why,
});

const helperEditSchema = z.object({
  helper: z
    .string()
    .min(1)
    .describe(
      'A function, constant or import of @tensorflow/tfjs*, inserted right above the builder.',
    ),
  why,
});

const candidateEditSchema = z.object({
  candidate: z.int().positive().describe('Number of an offered candidate to take as it is.'),
  why,
});

const evidenceSchema = z
  .union([
    z.string(),
    z.object({
      text: z.string(),
      finding: z.string().nullable().optional(),
      lines: z.array(z.int()).optional(),
    }),
  ])
  .transform((item) =>
    typeof item === 'string'
      ? { text: item, finding: null, lines: [] }
      : { text: item.text, finding: item.finding ?? null, lines: item.lines ?? [] },
  );

const tunableSchema = z.object({
  name: z.string(),
  kind: z.enum(['real', 'integer', 'categorical']),
  low: z.number().nullable().default(null),
  high: z.number().nullable().default(null),
  choices: z.array(z.union([z.string(), z.number()])).default([]),
  log: z.boolean().default(false),
  initial: z.union([z.string(), z.number()]).nullable().default(null),
});

const reasonedSchema = z.object({
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('The change in a few words, imperative: "Add dropout after the first dense layer".'),
  reasoning: z
    .string()
    .trim()
    .min(1)
    .describe('Why, with the numbers of the log: problem, change, expected result.'),
});

/**
 * What a language model answers (docs/answers.md); what is asked for but not required becomes empty
 * where it is absent or malformed.
 */
export const answerSchema = reasonedSchema.extend({
  edits: z
    .array(z.union([anchoredEditSchema, textEditSchema, helperEditSchema, candidateEditSchema]))
    .min(1)
    .max(40),
  evidence: z
    .array(evidenceSchema)
    .catch([])
    .default([])
    .describe('What in the log or history speaks for it.'),
  operations: z
    .array(z.string())
    .catch([])
    .default([])
    .describe('What is done: add-dropout, widen, learning-rate, loss …'),
  expectedEffect: z
    .object({ metric: z.string(), delta: z.number() })
    .nullable()
    .catch(null)
    .default(null)
    .describe('Signed change of the objective.'),
  confidence: z.number().min(0).max(1).nullable().catch(null).default(null).describe('0 to 1.'),
  searchSpace: z.array(tunableSchema).catch([]).default([]).describe('Numbers worth tuning later.'),
});

/** Instead of edits, in a repair: the failure lies outside the builder. */
export const cannotMendSchema = z.object({
  cannotMend: z.string().trim().min(1).describe('Why no edit of the builder can help.'),
});

/** A validated answer that changes something. */
export type Answer = z.infer<typeof answerSchema>;
export type AnchoredEdit = z.infer<typeof anchoredEditSchema>;
export type TextEdit = z.infer<typeof textEditSchema>;
export type PlainValue = z.infer<typeof plainSchema>;
export type PlainLayer = z.infer<typeof layerSpecSchema>;

/** The JSON schema a model is held to where its server can. */
export const answerJsonSchema = (): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(answerSchema, { io: 'input', unrepresentable: 'any' });
