import * as z from 'zod';
import { studyConfigSchema } from './studyConfig.ts';
import {
  compressionShape,
  distillationShape,
  generationShape,
  sweepShape,
} from './searchRecords.ts';
import { failureSchema, trialSchema } from './trial.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { verdictSchema } from './verdict.ts';
import { checkResultSchema } from './checkResult.ts';
import {
  evidenceSchema,
  exchangeSchema,
  proposalRecordSchema,
  reviewRecordSchema,
} from './proposalRecord.ts';
import { environmentSchema } from './environment.ts';
import { costSchema } from './cost.ts';

/**
 * Version of `.cortex/attempt.json`; a record with a higher one is shown as "from a newer Cortex"
 * and left alone.
 */
export const ATTEMPT_VERSION = 1;

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
  checked: checkResultSchema,
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
/** A failure that a language model answered with another text. */
export type Repair = DeepReadonly<z.infer<typeof repairSchema>>;
