import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** Mean and standard deviation of a number. */
const scaleSchema = z.object({ mean: z.number(), deviation: z.number() });

const targetStructureSchema = z.object({
  /** Share of the targets more than 5 robust deviations (1.4826 × MAD) from their median. */
  outliers: z.number(),
  /** How often the target's mean turns along one of the inputs, of all the one with most turns. */
  turns: z.number(),
});

const dataScalesSchema = z.object({
  /** `null` for classes and for several outputs. */
  target: scaleSchema.nullable(),
  /**
   * Deviations of the narrowest and the widest feature that varies, and the largest mean in
   * deviations; `null` where none varies.
   */
  features: z.object({ smallest: z.number(), largest: z.number(), offset: z.number() }).nullable(),
  /** How a single number to be predicted lies; absent for other targets. */
  structure: targetStructureSchema.optional(),
});

/** What is to be predicted: a class, numbers, or classes that may hold together. */
const taskSchema = z.enum(['classification', 'regression', 'multi-label']);

/** {@link DataProfile} as a message carries it. */
export const dataProfileSchema = z.object({
  task: taskSchema,
  /** Shape of one input, without the batch dimension. */
  inputShape: z.array(z.number()),
  outputUnits: z.number(),
  /** Of one row of targets, where it is more than a list of numbers: images, sequences. */
  outputShape: z.array(z.number()).optional(),
  /** Where there are several; `inputShape` is the first one's. */
  inputs: z.array(z.object({ name: z.string().nullable(), shape: z.array(z.number()) })).optional(),
  /** Where there are several; `task` and `outputUnits` are the first one's. */
  outputs: z
    .array(
      z.object({
        name: z.string().nullable(),
        task: taskSchema,
        shape: z.array(z.number()),
        units: z.number(),
      }),
    )
    .optional(),
  rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  /** Share of each class in the training part; empty for regression. */
  classShares: z.array(z.number()),
  /** SHA-256 over the train and validation parts. */
  hash: z.string(),
  /**
   * What a network starts from, on the training part as it is trained on; absent for streamed data.
   */
  scales: dataScalesSchema.optional(),
  /** The rows came without a validation part of their own, so that they can be dealt into folds. */
  foldable: z.literal(true).optional(),
  /** Each target is the input a step later: a layer that looks ahead would read the answer. */
  foretells: z.literal(true).optional(),
});

const scoresSchema = z.record(z.string(), z.number());

/** {@link ReferenceScores} as a message carries it. */
export const referenceScoresSchema = z.object({
  trivial: scoresSchema,
  linear: scoresSchema.nullable(),
  /** Counts of what followed the last few; absent where inputs and classes are not of one kind. */
  ngram: scoresSchema.optional(),
});

/** What the trainer knows of the study's data (train and validation parts only). */
export type DataProfile = DeepReadonly<z.infer<typeof dataProfileSchema>>;

/** Scales of the targets and the inputs of a training part. */
export type DataScales = DeepReadonly<z.infer<typeof dataScalesSchema>>;

/** Outliers and turns of a target. */
export type TargetStructure = DeepReadonly<z.infer<typeof targetStructureSchema>>;

/** Mean and standard deviation of a number. */
export type Scale = DeepReadonly<z.infer<typeof scaleSchema>>;

/**
 * What simple models reach on the validation part, by key of the logs (`val_loss` …); `linear` is
 * `null` where the inputs are too wide for one.
 */
export type ReferenceScores = DeepReadonly<z.infer<typeof referenceScoresSchema>>;
