import * as z from 'zod';
import { autopilotDocuments } from './contractAutopilot.ts';
import { catalogueDocuments } from './contractCatalogue.ts';
import { CONTRACT_VERSION } from './contractVersion.ts';
import {
  series,
  metric,
  cost,
  attempt,
  validationUse,
  openings,
  finding,
  seeds,
  placed,
  track,
  hunks,
  smallerModel,
} from './contractParts.ts';

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
    /** Those that nobody chose between; `line` 1-based. */
    otherBuilders: z.array(z.object({ name: z.string(), line: z.number() })),
    /** As a network of blocks; `null` where it is none. */
    vector: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  }),
  diagnose: z.object({
    version: z.literal(CONTRACT_VERSION),
    epochs: z.number(),
    /** What `epochs` counts, and the number of each as the log has it. */
    counter: z.enum(['epoch', 'step', 'row']),
    counted: z.array(z.number()),
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
  ...catalogueDocuments,
  ...autopilotDocuments,
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
    findings: z.array(z.string()),
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
  search: z.object({
    version: z.literal(CONTRACT_VERSION),
    study: z.string(),
    branch: z.string(),
    objective: z.object({ metric: z.string(), direction: z.string() }),
    /** The record of all that was tried; its configurations are in `.cortex/attempt.json`. */
    sweep: attempt,
    tried: z.number(),
    /** Trained for all of the study's epochs. */
    full: z.number(),
    failed: z.number(),
    /** Refused by their size before anything was built. */
    unfit: z.number(),
    seconds: z.number(),
    /** The model file as it is, in a single run of the search; `null` where it has none. */
    start: placed.nullable(),
    bestRun: placed.nullable(),
    /** Whole runs that nothing beats in both the objective and parameters, the smallest first. */
    front: z.array(placed),
    /** Share of the differences that a dimension explains by itself, the largest first. */
    importance: z.array(z.object({ name: z.string(), share: z.number() })),
    /** What was raced of it, and baselines that were trained for that. */
    attempts: z.array(attempt),
    baseline: attempt,
    /** The id of the one that is better; `null` where nothing is. */
    winner: z.string().nullable(),
    best: attempt,
    validationUse,
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
  weights: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    /** One a completed trial whose weights came to Cortex; `bytes` is `null` where dropped. */
    seeds: z.array(
      z.object({ seed: z.number(), sha256: z.string(), bytes: z.number().nullable() }),
    ),
  }),
  workers: z.object({
    version: z.literal(CONTRACT_VERSION),
    executor: z.string(),
    /** Version of Ray; `null`: this machine alone. */
    ray: z.string().nullable(),
    /** Trials side by side, in all. */
    slots: z.number(),
    machines: z.array(
      z.object({
        host: z.string(),
        address: z.string(),
        cpus: z.number(),
        /** `null`: nobody tells. */
        freeCpus: z.number().nullable(),
        gpus: z.number(),
        memoryMB: z.number(),
        slots: z.number(),
        platform: z.string(),
        /** `null`, as its clock: it does not answer. */
        versions: z.record(z.string(), z.string()).nullable(),
        /** By how many seconds its clock is before this machine's. */
        clockAhead: z.number().nullable(),
      }),
    ),
  }),
  compress: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    metric: z.string(),
    /** What may be lost, in units of the metric. */
    margin: z.number(),
    seeds: z.array(z.number()),
    original: smallerModel.pick({ bytes: true, parameters: true, measures: true }),
    /** The smallest first. */
    tried: z.array(smallerModel),
    /** `null`: nothing within the limit is as good. */
    best: smallerModel.nullable(),
    /** The sealed part's word on it (`--confirm`); `null`: it was not opened. */
    confirmed: z.object({ kind: z.string(), text: z.string(), attempt: z.string() }).nullable(),
  }),
  export: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    seed: z.number(),
    format: z.string(),
    quantize: z.string().nullable(),
    folder: z.string(),
    files: z.array(z.object({ name: z.string(), bytes: z.number() })),
    /** Of the outputs, between what was trained and what was exported and loaded again. */
    difference: z.number(),
    rows: z.number(),
    /** Of the exported model: metrics, `latencyMs` and the like. */
    measures: z.record(z.string(), z.number()),
    trained: z.record(z.string(), z.number()),
  }),
  promote: z.object({
    version: z.literal(CONTRACT_VERSION),
    attempt: z.string(),
    branch: z.string(),
    commit: z.string(),
  }),
  apply: z.object({ version: z.literal(CONTRACT_VERSION), file: z.string(), attempt: z.string() }),
};
