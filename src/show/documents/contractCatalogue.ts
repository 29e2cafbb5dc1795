import * as z from 'zod';
import { CONTRACT_VERSION } from './contractVersion.ts';

/** Documents of what begins with data, and of the catalogue of ideas. */
export const catalogueDocuments = {
  new: z.object({
    version: z.literal(CONTRACT_VERSION),
    folder: z.string(),
    files: z.array(z.string()),
    data: z.object({
      kind: z.enum(['table', 'images', 'text']),
      task: z.string(),
      /** Rows, images or examples; estimated where `whole` is false. */
      rows: z.number(),
      whole: z.boolean(),
      target: z.string().nullable(),
      notes: z.array(z.object({ severity: z.enum(['info', 'warning']), text: z.string() })),
    }),
    metric: z.string(),
    /** What a network has to beat. */
    references: z.array(z.object({ name: z.string(), score: z.number() })),
    /** The likeliest first. */
    models: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        reason: z.string(),
        source: z.string(),
        confidence: z.number(),
        /** One seed's; `null` where it was not tried. */
        score: z.number().nullable(),
        failure: z.string().nullable(),
      }),
    ),
    chosen: z.string(),
    /** What `cortex search` would turn of it. */
    searchable: z.array(z.string()),
    untried: z.string().nullable(),
  }),
  ideas: z.object({
    version: z.literal(CONTRACT_VERSION),
    ideas: z.array(
      z.object({
        name: z.string(),
        family: z.string(),
        source: z.string(),
        /** Findings it is a remedy for, the strongest first. */
        helps: z.array(z.string()),
        harms: z.array(z.string()),
        /** What it would do to the model now, what is called for most first. */
        here: z.array(z.object({ title: z.string(), reason: z.string(), need: z.number() })),
        /** `null`: never tried in the study. */
        record: z.object({ tries: z.number(), better: z.number(), worse: z.number() }).nullable(),
      }),
    ),
  }),
  review: z.object({
    version: z.literal(CONTRACT_VERSION),
    works: z.array(
      z.object({
        id: z.string(),
        citation: z.string(),
        claim: z.string(),
        fails: z.string(),
        /** How much the model's diagnosis calls for it, 0–1; 0 without a model. */
        need: z.number(),
        ideas: z.array(z.string()),
        /** What the idea that is called for most would do. */
        proposal: z.string().nullable(),
      }),
    ),
  }),
};
