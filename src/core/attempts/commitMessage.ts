import * as z from 'zod';
import { ATTEMPT_VERSION, failureSchema, type Attempt, type MetricSummary } from './attempt.ts';
import type { NoiseFloor } from '../judge/noiseFloor.ts';
import { formatChange, metricText } from './format.ts';
import type { UncommittedSummary } from './summary.ts';
import { formatTrailers, parseTrailers, type TrailerEntry, type Trailers } from './trailers.ts';
import { verdictKinds } from './verdictKinds.ts';

/** What a commit says beside the attempt itself. */
export interface CommitNotes {
  /** The commit the study's branch started from; `null` when it started from nothing. */
  readonly base: string | null;
  /** Who works on an unfinished attempt (opaque here); `null` on the branch. */
  readonly owner: string | null;
  /** Files the study needs that were too large to be committed, with their size. */
  readonly leftOut: readonly string[];
  /** The study's noise floor with this attempt in it; `null` where no attempt has two seeds. */
  readonly noise: NoiseFloor | null;
}

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
 * The commit message of an attempt: a subject and a body for people, trailers with all of the summary. Titles, reasonings
 * and failures come from models and libraries: nothing in them can end the body or forge a trailer.
 */
export function formatCommitMessage(attempt: Attempt, summary: UncommittedSummary, notes: CommitNotes): string {
  const paragraphs = [
    subjectOf(attempt, summary, notes),
    bodyText(attempt.proposal?.reasoning ?? ''),
    bodyText(attempt.verdict.text),
    formatTrailers(trailersOf(attempt, summary, notes)),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

/** Reads a message back; `null` for a commit that is not Cortex's or whose trailers are damaged. */
export function parseCommitMessage(message: string): ParsedCommit | null {
  const trailers = parseTrailers(message);
  if (!trailers.has('Cortex-Attempt')) return null;
  const parsed = trailersSchema.safeParse(rawOf(trailers));
  if (!parsed.success) return null;
  const { metric, model, base, owner, leftOut, version, ...summary } = parsed.data;
  return { summary: { ...summary, metric: metric && withoutName(metric) }, model, base, owner, leftOut, version };
}

const SUBJECT_LENGTH = 160;
const BODY_LENGTH = 20_000;
const WIDTH = 76;

function subjectOf(attempt: Attempt, summary: UncommittedSummary, { noise }: CommitNotes): string {
  const { metric, effect } = summary;
  const change = effect.observed === null ? '' : `, ${formatChange(effect.observed)}`;
  const numbers = metric ? ` (${oneLine(attempt.config.objective.metric)} ${metricText(metric, noise?.sd ?? null)}${change})` : '';
  const title = attempt.proposal ? `: ${shorten(oneLine(summary.title), SUBJECT_LENGTH)}` : '';
  return `#${summary.number} ${summary.verdict}${title}${numbers}`;
}

const trailersOf = (attempt: Attempt, summary: UncommittedSummary, notes: CommitNotes): readonly TrailerEntry[] => [
  ['Cortex-Attempt', summary.id],
  ['Cortex-Number', String(summary.number)],
  ['Cortex-Study', summary.study],
  ['Cortex-Title', summary.title],
  ['Cortex-Verdict', summary.verdict],
  ['Cortex-Failure', summary.failure],
  ['Cortex-Metric', summary.metric && JSON.stringify({ name: attempt.config.objective.metric, ...summary.metric })],
  ['Cortex-Noise', notes.noise && JSON.stringify(notes.noise)],
  ['Cortex-Effect', JSON.stringify(summary.effect)],
  ['Cortex-Confidence', numberText(summary.confidence)],
  ['Cortex-Parent', summary.parents.length === 0 ? null : summary.parents.join(' ')],
  ['Cortex-Operator', summary.operator],
  ['Cortex-Family', summary.family],
  ['Cortex-Proposer', summary.proposer],
  ['Cortex-Findings', summary.findings?.length ? JSON.stringify(summary.findings) : null],
  ['Cortex-Mismatches', summary.mismatches === 0 ? null : String(summary.mismatches)],
  ['Cortex-Parameters', numberText(summary.parameters)],
  ['Cortex-Fingerprint', summary.fingerprint],
  ['Cortex-Source', summary.sourceHash],
  ['Cortex-Data', summary.dataHash],
  ['Cortex-Config', summary.configHash],
  ['Cortex-Model', attempt.model],
  ['Cortex-Finished', new Date(summary.finishedAt).toISOString()],
  ['Cortex-Spent', summary.spent ? JSON.stringify(summary.spent) : null],
  ['Cortex-Looks', numberText(summary.looks)],
  ['Cortex-Base', notes.base],
  ['Cortex-Owner', notes.owner],
  ['Cortex-Left-Out', notes.leftOut.length === 0 ? null : JSON.stringify(notes.leftOut)],
  ['Cortex-Version', String(ATTEMPT_VERSION)],
];

const numberText = (value: number | null | undefined): string | null => (typeof value === 'number' ? String(value) : null);

const rawOf = (trailers: Trailers): Record<string, unknown> => {
  const one = (key: string): string | null => trailers.get(key) ?? null;
  return {
    id: one('Cortex-Attempt'), number: numeric(one('Cortex-Number')), study: one('Cortex-Study'), title: one('Cortex-Title'),
    verdict: one('Cortex-Verdict'), failure: one('Cortex-Failure'),
    metric: json(one('Cortex-Metric')), effect: json(one('Cortex-Effect')), confidence: numeric(one('Cortex-Confidence')),
    parents: one('Cortex-Parent')?.split(' ') ?? [],
    operator: one('Cortex-Operator'), family: one('Cortex-Family'), proposer: one('Cortex-Proposer'),
    mismatches: numeric(one('Cortex-Mismatches')) ?? 0, parameters: numeric(one('Cortex-Parameters')),
    fingerprint: one('Cortex-Fingerprint'), sourceHash: one('Cortex-Source'), dataHash: one('Cortex-Data'), configHash: one('Cortex-Config'),
    model: one('Cortex-Model'), finishedAt: Date.parse(one('Cortex-Finished') ?? ''), base: one('Cortex-Base'), owner: one('Cortex-Owner'),
    findings: json(one('Cortex-Findings')) ?? [], spent: json(one('Cortex-Spent')) ?? undefined, looks: numeric(one('Cortex-Looks')) ?? undefined,
    leftOut: json(one('Cortex-Left-Out')) ?? [], version: numeric(one('Cortex-Version')),
  };
};

const text = z.string();
const optionalText = text.nullable();

const trailersSchema = z.object({
  id: text.min(1),
  number: z.int().nonnegative(),
  study: text,
  title: text,
  verdict: z.enum(verdictKinds),
  failure: failureSchema.shape.kind.nullable(),
  metric: z.object({ name: text, mean: z.number(), sd: z.number().nullable(), values: z.array(z.number()) }).nullable(),
  effect: z.object({ observed: z.number().nullable(), predicted: z.number().nullable() }),
  findings: z.array(text),
  spent: z.object({ seconds: z.number(), tokens: z.number(), usd: z.number().nullable() }).optional(),
  looks: z.int().nonnegative().optional(),
  confidence: z.number().min(0).max(1).nullable(),
  parents: z.array(text),
  operator: optionalText,
  family: optionalText,
  proposer: optionalText,
  mismatches: z.int().nonnegative(),
  parameters: z.number().nullable(),
  fingerprint: optionalText,
  sourceHash: text,
  dataHash: optionalText,
  configHash: text,
  model: text,
  finishedAt: z.number(),
  base: optionalText,
  owner: optionalText,
  leftOut: z.array(text),
  version: z.number(),
});

const withoutName = ({ mean, sd, values }: MetricSummary): MetricSummary => ({ mean, sd, values });

const numeric = (value: string | null): number | null => (value === null ? null : Number(value));

/** `undefined`, which no field accepts, stands for damaged JSON. */
function json(value: string | null): unknown {
  if (value === null) return null;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const oneLine = (value: string): string => value.replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();

const shorten = (value: string, length: number): string => (value.length <= length ? value : `${value.slice(0, length - 1).trimEnd()}…`);

/** Wraps at word ends, keeps the writer's line breaks, and indents what git or a reader could take for a trailer. */
const bodyText = (value: string): string =>
  shorten(value, BODY_LENGTH).replace(/\r\n?/g, '\n').split('\n').flatMap((line) => wrap(oneLine(line)))
    .map((line) => (/^(?:cortex-|signed-off-by|co-authored-by|-{3})/i.test(line) ? `  ${line}` : line))
    .join('\n').replace(/\n{3,}/g, '\n\n').trim();

function wrap(line: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + word.length >= WIDTH) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
