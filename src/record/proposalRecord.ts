import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** A sentence that a proposal or a check rests on. */
export const evidenceSchema = z.object({
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
export const exchangeSchema = z.object({
  model: z.string(),
  prompt: z.string(),
  answer: z.string(),
});

/** A proposal as it is recorded. */
export const proposalRecordSchema = z.object({
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

/** Who decided about each hunk, and how. */
export const reviewRecordSchema = z.object({
  reviewer: z.enum(['person', 'automatic']),
  hunks: z.array(
    z.object({ header: z.string(), decision: z.enum(['accepted', 'rejected', 'edited']) }),
  ),
});

/** A sentence of the log's diagnosis that a proposal rests on. */
export type Evidence = DeepReadonly<z.infer<typeof evidenceSchema>>;

/** A proposal as it is recorded. */
export type ProposalRecord = DeepReadonly<z.infer<typeof proposalRecordSchema>>;

/** A number or choice that its author would tune. */
export type Tunable = DeepReadonly<z.infer<typeof tunableSchema>>;

/** Who decided about each hunk, and how. */
export type ReviewRecord = DeepReadonly<z.infer<typeof reviewRecordSchema>>;

/** A question to a language model and its answer. */
export type Exchange = DeepReadonly<z.infer<typeof exchangeSchema>>;
