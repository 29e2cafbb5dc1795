import * as z from 'zod';
import { failureSchema, measuresSchema } from './trial.ts';
import { attemptKinds } from './kinds.ts';
import type { UncommittedSummary } from './summary.ts';
import { TrailerFields, type LastTexts } from './trailerFields.ts';
import { verdictKinds } from './verdictKinds.ts';

/** What a commit message tells of its attempt. */
export interface ParsedCommit {
  readonly summary: UncommittedSummary;
  /** The model file, relative to the repository's root. */
  readonly model: string;
  readonly base: string | null;
  readonly owner: string | null;
  readonly leftOut: readonly string[];
  /** Version of the record in the commit. */
  readonly version: number;
}

/**
 * Reads a message back; `null` for a commit that is not Cortex's or whose trailers are damaged. Who
 * reads many hands `last` from one to the next.
 */
export function parseCommitMessage(
  message: string,
  last: LastTexts = new Map(),
): ParsedCommit | null {
  const fields = new TrailerFields(message, last);
  if (!fields.textOrNull('Cortex-Attempt')) return null;
  try {
    return parsedFrom(fields);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const parsedFrom = (fields: TrailerFields): ParsedCommit => ({
  summary: summaryFrom(fields),
  model: fields.text('Cortex-Model'),
  base: fields.textOrNull('Cortex-Base'),
  owner: fields.textOrNull('Cortex-Owner'),
  leftOut: fields.jsonOrNull('Cortex-Left-Out', texts) ?? [],
  version: fields.number('Cortex-Version'),
});

const summaryFrom = (fields: TrailerFields): UncommittedSummary => ({
  id: fields.text('Cortex-Attempt'),
  number: fields.number('Cortex-Number', isCount),
  study: fields.text('Cortex-Study'),
  kind: fields.choice('Cortex-Kind', attemptKinds),
  verdict: fields.choice('Cortex-Verdict', verdictKinds),
  failure: fields.choiceOrNull('Cortex-Failure', failureKinds),
  title: fields.text('Cortex-Title'),
  operator: fields.textOrNull('Cortex-Operator'),
  family: fields.textOrNull('Cortex-Family'),
  proposer: fields.textOrNull('Cortex-Proposer'),
  metric: fields.jsonOrNull('Cortex-Metric', metricSchema),
  measures: fields.jsonOrNull('Cortex-Measures', measuresSchema) ?? undefined,
  effect: fields.json('Cortex-Effect', effectSchema),
  confidence: fields.numberOrNull('Cortex-Confidence', isShare),
  mismatches: fields.numberOrNull('Cortex-Mismatches', isCount) ?? 0,
  parameters: fields.numberOrNull('Cortex-Parameters'),
  fingerprint: fields.textOrNull('Cortex-Fingerprint'),
  parents: fields.words('Cortex-Parent'),
  sourceHash: fields.text('Cortex-Source'),
  dataHash: fields.textOrNull('Cortex-Data'),
  configHash: fields.text('Cortex-Config'),
  finishedAt: fields.date('Cortex-Finished'),
  findings: fields.jsonOrNull('Cortex-Findings', texts) ?? [],
  spent: fields.jsonOrNull('Cortex-Spent', spentSchema) ?? undefined,
  looks: fields.numberOrNull('Cortex-Looks', isCount) ?? undefined,
});

const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
const isShare = (number: number): boolean => number >= 0 && number <= 1;

const failureKinds = failureSchema.shape.kind.options;
const texts = z.array(z.string());
const metricSchema = z.object({
  mean: z.number(),
  sd: z.number().nullable(),
  values: z.array(z.number()),
});
const effectSchema = z.object({
  observed: z.number().nullable(),
  predicted: z.number().nullable(),
});
const spentSchema = z.object({
  seconds: z.number(),
  tokens: z.number(),
  usd: z.number().nullable(),
});
