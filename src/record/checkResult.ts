import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { trialSchema } from './trial.ts';

/**
 * One training of a baseline with one thing changed. Its trials are the check's own: a short run is
 * no measure of an attempt.
 */
const checkRunSchema = z.object({
  /** `learning rate 0.01 instead of 0.001`. */
  change: z.string(),
  operator: z.string(),
  /** Of each trial; the study's own number only in a full run. */
  epochs: z.number(),
  /** SHA-256 of the text that was trained. */
  source: z.string(),
  parameters: z.number().nullable(),
  trials: z.array(trialSchema),
});

/** What the check of a baseline tried and found. */
export const checkResultSchema = z.object({
  scores: z
    .object({
      trivial: z.record(z.string(), z.number()),
      linear: z.record(z.string(), z.number()).nullable(),
    })
    .nullable(),
  runs: z.array(checkRunSchema),
  /** The title of the change that beat the baseline by its interval; `null` where none did. */
  winner: z.string().nullable(),
  /** Of that change, a sentence to be read before anything else. */
  headline: z.string().nullable(),
  /** Sentences for people. */
  findings: z.array(z.string()),
});

/** The check of a baseline. */
export type CheckResult = DeepReadonly<z.infer<typeof checkResultSchema>>;

/** One training of the check. */
export type CheckRun = DeepReadonly<z.infer<typeof checkRunSchema>>;
