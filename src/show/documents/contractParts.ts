import * as z from 'zod';

/** Values by epoch, by name; `null` where there was none. */
export const series = z.record(z.string(), z.array(z.number().nullable()));

/** A metric over seeds. */
export const metric = z.object({
  mean: z.number(),
  sd: z.number().nullable(),
  values: z.array(z.number()),
});

/** A mean paired difference with its interval, in units of the metric. */
export const effect = z.object({
  mean: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  seeds: z.number(),
});

/** What a language model took. */
export const cost = z
  .object({ inputTokens: z.number(), outputTokens: z.number(), usd: z.number().nullable() })
  .nullable();

/** One attempt of a list. */
export const attempt = z.object({
  id: z.string(),
  number: z.number(),
  kind: z.string(),
  verdict: z.string(),
  verdictText: z.string(),
  title: z.string(),
  operator: z.string().nullable(),
  metric: metric.nullable(),
  /** Means over the completed trials of all that was measured, by name. */
  measures: z.record(z.string(), z.number()),
  /** σ over seeds, pooled over the study's comparable attempts; `null` where none has two seeds. */
  noiseFloor: z.number().nullable(),
  /** To the parent. */
  effect: effect.nullable(),
  /** The same against parent and baseline, with the confidence of the interval. */
  comparisons: z.array(
    z.object({
      against: z.string(),
      mean: z.number(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      confidence: z.number(),
      seeds: z.array(z.number()),
    }),
  ),
  parameters: z.number().nullable(),
  commit: z.string(),
  parent: z.string().nullable(),
  reasoning: z.string(),
  proposer: z.string().nullable(),
  repairs: z.number(),
  cost,
  /** Where the proposal's words and its change disagree. */
  warnings: z.array(z.string()),
});

/**
 * How often the validation part chose something, and the luck expected of that, in units of the
 * metric; `null` before anything was trained.
 */
export const validationUse = z
  .object({ looks: z.number(), luck: z.number().nullable(), text: z.string() })
  .nullable();

/** How often the sealed test part was opened in this study. */
export const openings = z.number();

/** One finding of a log. */
export const finding = z.object({
  kind: z.string(),
  severity: z.string(),
  lines: z.array(z.number()),
  text: z.string(),
});

const calibration = z.object({
  judged: z.number(),
  meanConfidence: z.number(),
  cameTrue: z.number(),
  brier: z.number(),
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      count: z.number(),
      meanConfidence: z.number(),
      cameTrue: z.number(),
    }),
  ),
});

/** The metric by seed, beside parent and baseline; `null` where one was not trained with a seed. */
export const seeds = z.object({
  columns: z.array(z.object({ id: z.string(), name: z.string() })),
  rows: z.array(z.object({ seed: z.number(), values: z.array(z.number().nullable()) })),
});

/** What was predicted beside what came. */
export const track = z.array(
  z.object({
    name: z.string(),
    tried: z.number(),
    hits: z.number(),
    worse: z.number(),
    failed: z.number(),
    rejected: z.number(),
    /** Mean changes of the metric over the attempts that have both; `null` without any. */
    meanPredicted: z.number().nullable(),
    meanObserved: z.number().nullable(),
    calibration: calibration.nullable(),
  }),
);

/**
 * What a hunk brought: the metric with it minus that without it; `null` where the rest could not be
 * trained.
 */
export const hunks = z.array(
  z.object({
    hunk: z.number(),
    header: z.string(),
    /** The attempt without it. */
    attempt: z.string(),
    effect: effect.nullable(),
    text: z.string(),
  }),
);

/** A configuration of a search and what its single run came to. */
export const placed = z.object({
  /** 1-based, in the order of trying. */
  number: z.number(),
  /** What differs from the model file, a clause each; empty for the file as it is. */
  text: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  by: z.string(),
  epochs: z.number(),
  value: z.number(),
  parameters: z.number().nullable(),
});

/** A smaller model and what it costs. */
export const smallerModel = z.object({
  method: z.string(),
  precision: z.string(),
  change: z.string(),
  parameters: z.number(),
  bytes: z.number(),
  measures: z.record(z.string(), z.number()),
  verdict: z.string(),
  text: z.string(),
  attempt: z.string(),
});
