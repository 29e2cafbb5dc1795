import * as z from 'zod';
import { studyConfigSchema } from './studyConfig.ts';
import {
  compressionShape,
  distillationShape,
  generationShape,
  sweepShape,
} from './searchRecords.ts';
import { failureSchema, trialSchema } from './trial.ts';
import { verdictKinds } from './verdictKinds.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';

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
  /**
   * What held code of the variant while it trained: none ran (`models as data`), a sandbox of the
   * system, or nothing but the worker's own guards (`unprotected`).
   */
  protection: z.enum(['models as data', 'bubblewrap', 'landlock', 'unprotected']).optional(),
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

/** What every attempt holds, whatever its kind. */
const common = {
  version: z.literal(ATTEMPT_VERSION),
  /** Unique across machines: `<study>-<number>-<random>`. */
  id: z.string(),
  number: z.int().nonnegative(),
  study: z.string(),
  /** Model file, relative to the repository's root, with `/`. */
  model: z.string(),
  /** Ids; the first is the one it was made from. Empty for a baseline. */
  parents: z.array(z.string()),
  createdAt: z.string(),
  finishedAt: z.string(),
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
  /** Full trainings of the variant on the validation part, by which it is ranked. */
  trials: z.array(trialSchema),
  verdict: verdictSchema,
};

/** Of what was asked for, and proposed by nobody: one line, and why, for people. */
const asked = { title: z.string(), reasoning: z.string() };

/** Seeds that other attempts were trained with for this one, beyond those in their own records. */
const references = z.array(z.object({ attempt: z.string(), trials: z.array(trialSchema) }));

/** The model file as it is. */
const baselineSchema = z.object({ kind: z.literal('baseline'), ...common });

/** A proposal that was reviewed, trained and judged. */
const changeSchema = z.object({
  kind: z.literal('change'),
  ...common,
  proposal: proposalRecordSchema,
  review: reviewRecordSchema.nullable(),
  references: references.optional(),
  repairs: z.array(repairSchema),
  cost: costSchema.nullable(),
  /** What a language model was asked and answered, so that a study can be replayed without it. */
  exchanges: z.array(exchangeSchema).optional(),
});

/** The check of a baseline: other ways to train it, and simple models beside it. */
const checkSchema = z.object({
  kind: z.literal('check'),
  ...common,
  ...asked,
  /** What was tried, a sentence each. */
  evidence: z.array(evidenceSchema),
  gate: gateSchema,
});

/** Further seeds of a baseline, which is its parent; its trials are the baseline's from then on. */
const moreSeedsSchema = z.object({ kind: z.literal('more-seeds'), ...common, ...asked });

/** Its parent without one hunk of what that changed. */
const ablationSchema = z.object({
  kind: z.literal('ablation'),
  ...common,
  ...asked,
  /** 1-based, of `hunks`. */
  hunk: z.int().positive(),
  hunks: z.int().positive(),
  /** `@@ -3,2 +3,4 @@`. */
  header: z.string(),
  /** From its parent to it. */
  diff: z.string(),
  references: references.optional(),
});

/** The sealed part was opened for its parent. */
const unsealingSchema = z.object({
  kind: z.literal('unsealing'),
  ...common,
  ...asked,
  /** The trials on the sealed part: no search ever ranks by them. */
  references: references.optional(),
});

/** Everything that may stand in `.cortex/attempt.json` of a commit. */
export const attemptSchema = z.discriminatedUnion('kind', [
  baselineSchema,
  changeSchema,
  checkSchema,
  moreSeedsSchema,
  ablationSchema,
  unsealingSchema,
  z.object({ kind: z.literal('sweep'), ...common, ...asked, ...sweepShape }),
  z.object({ kind: z.literal('compression'), ...common, ...asked, ...compressionShape }),
  z.object({ kind: z.literal('distillation'), ...common, ...asked, ...distillationShape }),
  z.object({ kind: z.literal('generation'), ...common, ...asked, ...generationShape }),
]);

/** What was tried, what came of it, and the verdict; always committed. */
export type Attempt = DeepReadonly<z.infer<typeof attemptSchema>>;
/** Tag of an attempt; what a kind means is answered in `kinds.ts`. */
export type AttemptKind = Attempt['kind'];
/** The attempt of one kind. */
export type AttemptOf<Kind extends AttemptKind> = Extract<Attempt, { kind: Kind }>;
export type Verdict = DeepReadonly<z.infer<typeof verdictSchema>>;
export type VerdictKind = Verdict['kind'];
export type Comparison = DeepReadonly<z.infer<typeof comparisonSchema>>;
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
