import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { studyConfigSchema } from './studyConfig.ts';
import { verdictKinds } from './verdictKinds.ts';

/**
 * Version of `.cortex/attempt.json`; a record with a higher one is shown as "from a newer Cortex"
 * and left alone.
 */
export const ATTEMPT_VERSION = 1;

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

const verdictSchema = z.object({
  kind: z.enum(verdictKinds),
  /** One sentence for people. */
  text: z.string(),
  /** Against the parent first; empty where nothing could be compared. */
  comparisons: z.array(comparisonSchema),
});

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

const curvesSchema = z.record(z.string(), z.array(z.number().nullable()));

export const trialSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('completed'),
    seed: z.number(),
    /** The objective's value at the end of training. */
    metric: z.number(),
    curves: curvesSchema,
    epochs: z.number(),
    /** Seconds inside `fit`, and all of the trial. */
    seconds: z.object({ fit: z.number(), total: z.number() }),
  }),
  z.object({
    outcome: z.literal('failed'),
    seed: z.number(),
    failure: failureSchema,
    curves: curvesSchema,
    epochs: z.number(),
    seconds: z.object({ fit: z.number(), total: z.number() }),
  }),
]);

/**
 * One training of a baseline with one thing changed. Its trials are the gate's own: a short run is
 * no measure of an attempt.
 */
const gateRunSchema = z.object({
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

/** What the adequacy check of a baseline tried and found. */
const gateSchema = z.object({
  scores: z
    .object({
      trivial: z.record(z.string(), z.number()),
      linear: z.record(z.string(), z.number()).nullable(),
    })
    .nullable(),
  runs: z.array(gateRunSchema),
  /** The title of the change that beat the baseline by its interval; `null` where none did. */
  winner: z.string().nullable(),
  /** Of that change, a sentence to be read before anything else. */
  headline: z.string().nullable(),
  /** What it changed, signed, in units of the metric. */
  effect: z.number().nullable(),
  /** Sentences for people. */
  findings: z.array(z.string()),
});

const evidenceSchema = z.object({
  text: z.string(),
  finding: z.string().nullable(),
  /** 1-based log lines. */
  lines: z.array(z.number()),
});

/** A number or choice that its author would tune. */
const tunableSchema = z.object({
  name: z.string(),
  kind: z.enum(['real', 'integer', 'categorical']),
  low: z.number().nullable(),
  high: z.number().nullable(),
  choices: z.array(z.union([z.string(), z.number()])),
  /** Search on a logarithmic scale. */
  log: z.boolean(),
  initial: z.union([z.string(), z.number()]).nullable(),
});

/** A question to a language model and its answer, without keys. */
const exchangeSchema = z.object({ model: z.string(), prompt: z.string(), answer: z.string() });

const proposalRecordSchema = z.object({
  title: z.string(),
  /** Operator name (`batch-normalization`), or `free-edit` for a model's own. */
  operator: z.string(),
  family: z.string(),
  reasoning: z.string(),
  evidence: z.array(evidenceSchema),
  /** Signed change of the metric, in its own units. */
  expectedEffect: z.object({ metric: z.string(), delta: z.number() }).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  /** `offline`, `openai:<model>`, `vscode.lm:<model>`, `user`. */
  proposer: z.string(),
  diff: z.string(),
  /** Where its words and its change disagree; absent in records without a language model. */
  warnings: z.array(z.string()).optional(),
  /**
   * How many of the warnings are mismatches of words and change; absent in records without a
   * language model.
   */
  mismatches: z.number().optional(),
  /** Numbers its author would tune; absent where none were named. */
  searchSpace: z.array(tunableSchema).optional(),
});

const reviewRecordSchema = z.object({
  reviewer: z.enum(['person', 'automatic']),
  hunks: z.array(
    z.object({ header: z.string(), decision: z.enum(['accepted', 'rejected', 'edited']) }),
  ),
});

export const environmentSchema = z.object({
  cortex: z.string(),
  runtime: z.string(),
  /** Why this runtime: the probed seconds per step of each, where `auto` chose. */
  probe: z.record(z.string(), z.number()),
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
});

const costSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  usd: z.number().nullable(),
});

const repairSchema = z.object({
  failure: failureSchema,
  answer: z.string(),
  cost: costSchema.nullable(),
});

/** The record of one attempt, as it stands in `.cortex/attempt.json` of its commit. */
export const attemptSchema = z.object({
  version: z.literal(ATTEMPT_VERSION),
  /** Unique across machines: `<study>-<number>-<random>`. */
  id: z.string(),
  number: z.int().nonnegative(),
  study: z.string(),
  /** Model file, relative to the repository's root, with `/`. */
  model: z.string(),
  /** Ids; the first is the one it was proposed from. Empty for a baseline. */
  parents: z.array(z.string()),
  createdAt: z.string(),
  finishedAt: z.string(),
  /** `null` for a baseline. */
  proposal: proposalRecordSchema.nullable(),
  review: reviewRecordSchema.nullable(),
  /**
   * Canonical form of the architecture: equal for equivalent builders. `null` when it could not be
   * read.
   */
  fingerprint: z.string().nullable(),
  config: studyConfigSchema,
  /**
   * SHA-256 of the data the trainer read (train and validation parts); `null` when it never got
   * that far.
   */
  dataHash: z.string().nullable(),
  environment: environmentSchema.nullable(),
  parameters: z.number().nullable(),
  trials: z.array(trialSchema),
  /** Which hunk of its parent's change this attempt lacks (1-based); absent in all others. */
  ablation: z
    .object({ hunk: z.int().positive(), hunks: z.int().positive(), header: z.string() })
    .optional(),
  /**
   * Seeds that other attempts were trained with for this verdict, beyond those in their own
   * records.
   */
  references: z.array(z.object({ attempt: z.string(), trials: z.array(trialSchema) })).optional(),
  /** Only in the adequacy check of a baseline. */
  gate: gateSchema.optional(),
  verdict: verdictSchema,
  repairs: z.array(repairSchema),
  cost: costSchema.nullable(),
  /** What a language model was asked and answered, so that a study can be replayed without it. */
  exchanges: z.array(exchangeSchema).optional(),
});

/** Proposal + review + trials + verdict; always committed. */
export type Attempt = DeepReadonly<z.infer<typeof attemptSchema>>;
export type Verdict = DeepReadonly<z.infer<typeof verdictSchema>>;
export type VerdictKind = Verdict['kind'];
export type Comparison = DeepReadonly<z.infer<typeof comparisonSchema>>;
export type Failure = DeepReadonly<z.infer<typeof failureSchema>>;
export type Trial = DeepReadonly<z.infer<typeof trialSchema>>;
export type CompletedTrial = Extract<Trial, { outcome: 'completed' }>;
export type Curves = DeepReadonly<z.infer<typeof curvesSchema>>;
export type Environment = DeepReadonly<z.infer<typeof environmentSchema>>;
export type Evidence = DeepReadonly<z.infer<typeof evidenceSchema>>;
export type ProposalRecord = DeepReadonly<z.infer<typeof proposalRecordSchema>>;
export type ReviewRecord = DeepReadonly<z.infer<typeof reviewRecordSchema>>;
export type Cost = DeepReadonly<z.infer<typeof costSchema>>;
export type Repair = DeepReadonly<z.infer<typeof repairSchema>>;
export type Exchange = DeepReadonly<z.infer<typeof exchangeSchema>>;
export type Gate = DeepReadonly<z.infer<typeof gateSchema>>;
export type GateRun = DeepReadonly<z.infer<typeof gateRunSchema>>;
export type Tunable = DeepReadonly<z.infer<typeof tunableSchema>>;

/**
 * The metric of an attempt over its completed trials; `sd` is the sample deviation, `null` below
 * two values.
 */
export interface MetricSummary {
  readonly mean: number;
  readonly sd: number | null;
  readonly values: readonly number[];
}
