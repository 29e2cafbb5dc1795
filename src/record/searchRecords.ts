import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { costSchema } from './cost.ts';
import { exchangeSchema } from './proposalRecord.ts';
import { failureSchema, measuresSchema } from './trial.ts';

/** One configuration of a sweep, and what it came to each time it was trained for longer. */
const configurationSchema = z.object({
  /** Name of what is tuned → the value it took. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  results: z.array(z.object({ epochs: z.number(), seed: z.number(), measures: measuresSchema })),
  /** Why it was not trained further; `null` where nothing failed. */
  failure: failureSchema.shape.kind.nullable(),
  /** Which part of the searcher suggested it. */
  by: z.string().optional(),
  /** Canonical form of what it builds: its place on the map. */
  fingerprint: z.string().optional(),
  /** Why it was not trained at all, in a clause: too large, or the same as an earlier one. */
  unfit: z.string().optional(),
});

/** What kind of data a search was on: what other studies compare theirs with. */
const dataKindSchema = z.object({
  task: z.string(),
  /** Without the batch dimension. */
  inputShape: z.array(z.number()),
  /** To train on. */
  rows: z.number(),
});

/** Many short trials in one record: its own fields beside those of every attempt. */
export const sweepShape = {
  /** Who chose the configurations: `tpe`, `evolution`. */
  searcher: z.string(),
  /** Of the searcher: the same seed on the same history tries the same. */
  seed: z.number().optional(),
  /** In the order they were tried. */
  configurations: z.array(configurationSchema),
  /** What the language model that took part was asked, and took; absent where none did. */
  exchanges: z.array(exchangeSchema).optional(),
  cost: costSchema.nullable().optional(),
  /** Absent where it was not known. */
  dataKind: dataKindSchema.optional(),
};

const sizeSchema = z.object({
  /** Of the weights as they are kept. */
  bytes: z.number(),
  parameters: z.number().nullable(),
});

/** A trained model made smaller; the first parent is what it was made from. */
export const compressionShape = {
  /** `quantization-8`, `structured-pruning`. */
  method: z.string(),
  sizes: z.object({ before: sizeSchema, after: sizeSchema }),
  measures: z.object({ before: measuresSchema, after: measuresSchema }),
  /** Of the builder's text; empty where only the weights changed. */
  diff: z.string(),
};

/** A smaller model trained on what another one answers. */
export const distillationShape = {
  /** Id of the attempt that teaches. */
  teacher: z.string(),
  method: z.string(),
  sizes: z.object({ teacher: sizeSchema, student: sizeSchema }),
  measures: z.object({ teacher: measuresSchema, student: measuresSchema }),
  diff: z.string(),
};

/** A first model made for the data; `reasoning` says why this one. */
export const generationShape = {
  /** SHA-256 of the data profile it was made for. */
  profileHash: z.string(),
};

export type DataKind = DeepReadonly<z.infer<typeof dataKindSchema>>;

export type SweptConfiguration = DeepReadonly<z.infer<typeof configurationSchema>>;
