import * as z from 'zod';
import { CONTRACT_VERSION } from './contractVersion.ts';

const series = z.record(z.string(), z.array(z.number().nullable()));
const metric = z.object({
  mean: z.number(),
  sd: z.number().nullable(),
  values: z.array(z.number()),
});

const cost = z
  .object({ inputTokens: z.number(), outputTokens: z.number(), usd: z.number().nullable() })
  .nullable();

const attempt = z.object({
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
  /** Mean paired difference to the parent with its interval, in units of the metric. */
  effect: z
    .object({
      mean: z.number(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      seeds: z.number(),
    })
    .nullable(),
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
const validationUse = z
  .object({ looks: z.number(), luck: z.number().nullable(), text: z.string() })
  .nullable();

/** How often the sealed test part was opened in this study. */
const openings = z.number();

const finding = z.object({
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
const seeds = z.object({
  columns: z.array(z.object({ id: z.string(), name: z.string() })),
  rows: z.array(z.object({ seed: z.number(), values: z.array(z.number().nullable()) })),
});

/** What was predicted beside what came. */
const track = z.array(
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
const hunks = z.array(
  z.object({
    hunk: z.number(),
    header: z.string(),
    /** The attempt without it. */
    attempt: z.string(),
    effect: z
      .object({
        mean: z.number(),
        interval: z.tuple([z.number(), z.number()]).nullable(),
        seeds: z.number(),
      })
      .nullable(),
    text: z.string(),
  }),
);

/** What each command prints with `--json`: exactly one of these documents on standard output. */
export const documents = {
  inspect: z.object({
    version: z.literal(CONTRACT_VERSION),
    file: z.string(),
    language: z.string(),
    builder: z.object({ name: z.string(), startLine: z.number(), endLine: z.number() }),
    layers: z.array(
      z.object({
        type: z.string(),
        line: z.number().nullable(),
        outputShape: z.array(z.number().nullable()).nullable(),
        parameters: z.number().nullable(),
        /** Of one forward pass of one example; a multiply–add is 2. */
        flops: z.number().nullable(),
      }),
    ),
    parameters: z.number().nullable(),
    /** Of the weights as 32-bit floats, in bytes. */
    memory: z.number().nullable(),
    flops: z.number().nullable(),
  }),
  diagnose: z.object({
    version: z.literal(CONTRACT_VERSION),
    epochs: z.number(),
    /** Which run of the log was read, from 1, and how many it holds. */
    run: z.object({ index: z.number(), count: z.number() }),
    series,
    improvementRate: z.number().nullable(),
    trend: z.string(),
    gap: z.number().nullable(),
    overfitting: z.string(),
    findings: z.array(finding),
    /** Series shared with the log of `--against`; `null` without one. */
    comparison: z
      .array(
        z.object({
          series: z.string(),
          direction: z.string().nullable(),
          value: z.number(),
          other: z.number(),
          standing: z.string(),
        }),
      )
      .nullable(),
  }),
  prompt: z.object({
    version: z.literal(CONTRACT_VERSION),
    system: z.string(),
    question: z.string(),
    tokens: z.number(),
  }),
  propose: z.object({
    version: z.literal(CONTRACT_VERSION),
    proposals: z.array(
      z.object({
        title: z.string(),
        operator: z.string(),
        reasoning: z.string(),
        evidence: z.array(
          z.object({
            text: z.string(),
            finding: z.string().nullable(),
            lines: z.array(z.number()),
          }),
        ),
        diff: z.string(),
        expectedEffect: z.object({ metric: z.string(), delta: z.number() }).nullable(),
        confidence: z.number().nullable(),
        proposer: z.string(),
        /** Where words and change disagree. */
        warnings: z.array(z.string()),
        cost,
      }),
    ),
  }),
  train: z.object({
    version: z.literal(CONTRACT_VERSION),
    metric: metric.extend({ name: z.string() }),
    /** `null` with a single seed, and where nothing is recorded. */
    noiseFloor: z.number().nullable(),
    parameters: z.number().nullable(),
    runtime: z.string(),
    /** One set of curves per seed, in the order of `metric.values`. */
    curves: z.array(series),
    /** `null` where there is no git repository to record it in. */
    commit: z.string().nullable(),
  }),
  improve: z.object({
    version: z.literal(CONTRACT_VERSION),
    study: z.string(),
    branch: z.string(),
    objective: z.object({ metric: z.string(), direction: z.string() }),
    baseline: attempt,
    attempts: z.array(attempt),
    best: attempt,
    validationUse,
    openings,
    /** Sentences on the baseline itself: under-trained, no better than a simple model. */
    adequacy: z.array(z.string()),
    /** Told before the first request, for the whole run without repairs; `null`: not known. */
    forecast: z.object({
      model: z.string().nullable(),
      requests: z.number().nullable(),
      inputTokens: z.number().nullable(),
      outputTokens: z.number().nullable(),
      usd: z.number().nullable(),
      minutes: z.object({ from: z.number(), to: z.number() }).nullable(),
      text: z.string(),
    }),
    stopped: z.string(),
  }),
  history: z.object({
    version: z.literal(CONTRACT_VERSION),
    study: z.string(),
    branch: z.string(),
    attempts: z.array(attempt),
    validationUse,
    openings,
    trackRecord: z.object({ operators: track, proposers: track }),
  }),
  show: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt,
    diff: z.string(),
    curves: z.array(series),
    hunks,
    seeds,
  }),
  ablate: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    hunks,
    conclusions: z.array(z.string()),
  }),
  unseal: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    /** On the sealed part, one value a seed. */
    metric,
    baseline: metric,
    /** How often the sealed part was opened in this study, this time included. */
    opening: z.number(),
    commit: z.string(),
    text: z.string(),
  }),
  promote: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    branch: z.string(),
    commit: z.string(),
  }),
  apply: z.object({ version: z.literal(CONTRACT_VERSION), file: z.string(), attempt: z.string() }),
};
