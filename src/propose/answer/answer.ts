import * as z from 'zod';
import type { plainSchema, layerSpecSchema } from './editSchemas.ts';
import {
  anchoredEditSchema,
  textEditSchema,
  helperEditSchema,
  candidateEditSchema,
} from './editSchemas.ts';

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

/** An edit that names a layer by its number. */
export type AnchoredEdit = z.infer<typeof anchoredEditSchema>;

/** An edit that replaces a text. */
export type TextEdit = z.infer<typeof textEditSchema>;

/** A value as a model writes it. */
export type PlainValue = z.infer<typeof plainSchema>;

/** A layer as a model writes it. */
export type PlainLayer = z.infer<typeof layerSpecSchema>;

/** The JSON schema a model is held to where its server can. */
export const answerJsonSchema = (): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(answerSchema, { io: 'input', unrepresentable: 'any' });
