import * as z from 'zod';
import { variantSchema } from '../model/variant.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** {@link Training} as a message carries it. */
export const trainingSchema = z.object({
  seeds: z.array(z.number()).min(1),
  /** `test` unseals: the metric is computed on the sealed part; never used by a search. */
  evaluateOn: z.enum(['validation', 'test']),
});

/** {@link Footing} as a message carries it; paths are absolute, files those of `writeModel`. */
export const footingSchema = z.object({
  /** Weights that a seed starts from, in place of the builder's random ones. */
  start: z.array(z.object({ seed: z.number(), path: z.string() })).optional(),
  /**
   * Trained models whose mean answer is mixed into the training targets (Hinton et al. 2015,
   * "Distilling the knowledge in a neural network"): `share` of a target is the teachers',
   * softened by `temperature` where it is a distribution.
   */
  teachers: z
    .object({
      paths: z.array(z.string()).min(1),
      share: z.number().min(0).max(1),
      temperature: z.number().positive(),
      /** The builder they were trained by, where their weights do not say the model. */
      source: variantSchema.optional(),
    })
    .optional(),
  /** What the weights are held to after every step; absent: to nothing. */
  hold: z
    .discriminatedUnion('kind', [
      /** This share of every kernel is zero in the end (see `shareAt`). */
      z.object({ kind: z.literal('zeros'), share: z.number().min(0).lt(1) }),
      /** What 8 bits can say (see `quantizeAffine`), while finer weights learn behind them. */
      z.object({ kind: z.literal('bytes') }),
    ])
    .optional(),
});

/** {@link EpochProgress} as a message carries it. */
export const epochProgressSchema = z.object({
  seed: z.number(),
  /** 1-based, of `epochs`. */
  epoch: z.number(),
  epochs: z.number(),
  /** With folds: means over this fold and those before it. `null`: not a number. */
  logs: z.record(z.string(), z.number().nullable()),
  /** Which of the seed's models trains, 1-based, where there is one a fold. */
  fold: z.object({ number: z.number(), count: z.number() }).optional(),
});

/** {@link TrainedFacts} as a message carries it. */
export const trainedFactsSchema = z.object({
  /** `null` when no seed came as far as a model. */
  parameters: z.number().nullable(),
  dataHash: z.string().nullable(),
});

/** What is trained beside the variant itself: which seeds, and what they are measured on. */
export type Training = DeepReadonly<z.infer<typeof trainingSchema>>;

/** Trained models that a training builds on. */
export type Footing = DeepReadonly<z.infer<typeof footingSchema>>;

/** What the weights of a model are held to while it trains. */
export type Hold = NonNullable<Footing['hold']>;

/** The footing alone of what has one. */
export const footingIn = ({ start, teachers, hold }: Footing): Footing => ({
  ...(start && { start }),
  ...(teachers && { teachers }),
  ...(hold && { hold }),
});

/** An epoch of a seed that has ended. */
export type EpochProgress = DeepReadonly<z.infer<typeof epochProgressSchema>>;

/** What is known of a variant once one of its seeds has come to a model. */
export type TrainedFacts = DeepReadonly<z.infer<typeof trainedFactsSchema>>;
