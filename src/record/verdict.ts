import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { verdictKinds } from './verdictKinds.ts';

/**
 * A paired comparison on shared seeds: mean difference in units of the metric with a two-sided
 * interval.
 */
const comparisonSchema = z.object({
  against: z.string(),
  seeds: z.array(z.number()),
  meanDifference: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  confidence: z.number(),
});

/** What came of an attempt. */
export const verdictSchema = z.object({
  kind: z.enum(verdictKinds),
  /** One sentence for people. */
  text: z.string(),
  /** Against the parent first; empty where nothing could be compared. */
  comparisons: z.array(comparisonSchema),
});

/** What came of an attempt. */
export type Verdict = DeepReadonly<z.infer<typeof verdictSchema>>;

/** The word for what came of an attempt. */
export type VerdictKind = Verdict['kind'];

/** A paired comparison with another attempt. */
export type Comparison = DeepReadonly<z.infer<typeof comparisonSchema>>;
