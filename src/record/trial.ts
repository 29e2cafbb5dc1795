import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** Why a trial, a build or a check did not come to its end. */
export const failureSchema = z.object({
  kind: z.enum([
    'syntax',
    'builder',
    'shape',
    'limits',
    'data',
    'not-a-number',
    'time',
    'memory',
    'died',
    'cancelled',
    'interrupted',
    'refused',
    'stopped',
  ]),
  message: z.string(),
  /** 1-based line in the model file where known. */
  line: z.number().nullable(),
  /** Last lines the worker wrote to stderr. */
  stderr: z.array(z.string()),
});

/**
 * Named numbers of a trial or a mean of them: the last epoch's logs by their keys (`loss`,
 * `val_loss`, …), on the sealed part `test_loss` and its like, `seconds` of all of the trial, and
 * `parameters`.
 */
export const measuresSchema = z.record(z.string(), z.number());

/**
 * How a trial's epochs were run, where a framework has more than one way: `compiled` (each epoch is
 * one program), or `fit: ` and why not.
 */
export const waySchema = z.string().max(200);

const curvesSchema = z.record(z.string(), z.array(z.number().nullable()));

const runShape = {
  seed: z.number(),
  curves: curvesSchema,
  epochs: z.number(),
  /** Seconds inside `fit`, and all of the trial. */
  seconds: z.object({ fit: z.number(), total: z.number() }),
  way: waySchema.optional(),
};

/** One training run of one variant with one seed. */
export const trialSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('completed'),
    ...runShape,
    measures: measuresSchema,
    /** SHA-256 of the file its trained weights were kept as; absent where none was. */
    weights: z.string().optional(),
  }),
  z.object({ outcome: z.literal('failed'), ...runShape, failure: failureSchema }),
]);

export type Failure = DeepReadonly<z.infer<typeof failureSchema>>;
export type Measures = DeepReadonly<z.infer<typeof measuresSchema>>;
export type Curves = DeepReadonly<z.infer<typeof curvesSchema>>;
/** Curves while they are written, epoch by epoch. */
export type GrowingCurves = Record<string, (number | null)[]>;
export type Trial = DeepReadonly<z.infer<typeof trialSchema>>;
export type CompletedTrial = Extract<Trial, { outcome: 'completed' }>;
