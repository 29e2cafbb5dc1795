import { ATTEMPT_VERSION, type Attempt } from '../../record/attempt.ts';
import type { NoiseFloor } from '../../study/noiseFloor.ts';
import { formatChange, metricText } from '../../record/format.ts';
import { reasoningOf } from '../../record/kinds.ts';
import type { UncommittedSummary } from '../../record/summary.ts';
import { trailerKeys, type TrailerKey } from '../../record/trailerFields.ts';
import { formatTrailers } from '../../record/trailers.ts';
import { objectiveOf } from '../../record/objectives.ts';

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

/**
 * The commit message of an attempt: a subject and a body for people, trailers with all of the
 * summary. Titles, reasonings and failures come from models and libraries: nothing in them can end
 * the body or forge a trailer.
 */
export function formatCommitMessage(
  attempt: Attempt,
  summary: UncommittedSummary,
  notes: CommitNotes,
): string {
  const trailers = trailersOf(attempt, summary, notes);
  const paragraphs = [
    subjectOf(attempt, summary),
    bodyText(reasoningOf(attempt)),
    bodyText(attempt.verdict.text),
    formatTrailers(trailerKeys.map((key) => [key, trailers[key]])),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

const SUBJECT_LENGTH = 160;
const BODY_LENGTH = 20_000;
const WIDTH = 76;

function subjectOf(attempt: Attempt, summary: UncommittedSummary): string {
  const { metric, effect } = summary;
  const change = effect.observed === null ? '' : `, ${formatChange(effect.observed)}`;
  const name = oneLine(objectiveOf(attempt.config).metric);
  const numbers = metric ? ` (${name} ${metricText(metric)}${change})` : '';
  const title =
    summary.kind === 'baseline' ? '' : `: ${shorten(oneLine(summary.title), SUBJECT_LENGTH)}`;
  return `#${summary.number} ${summary.verdict}${title}${numbers}`;
}

const trailersOf = (
  attempt: Attempt,
  summary: UncommittedSummary,
  notes: CommitNotes,
): Readonly<Record<TrailerKey, string | null>> => ({
  'Cortex-Attempt': summary.id,
  'Cortex-Number': String(summary.number),
  'Cortex-Study': summary.study,
  'Cortex-Kind': summary.kind,
  'Cortex-Title': summary.title,
  'Cortex-Verdict': summary.verdict,
  'Cortex-Failure': summary.failure,
  'Cortex-Metric':
    summary.metric &&
    JSON.stringify({ name: objectiveOf(attempt.config).metric, ...summary.metric }),
  'Cortex-Measures': summary.measures ? JSON.stringify(summary.measures) : null,
  'Cortex-Noise': notes.noise && JSON.stringify(notes.noise),
  'Cortex-Effect': JSON.stringify(summary.effect),
  'Cortex-Confidence': numberText(summary.confidence),
  'Cortex-Parent': summary.parents.length === 0 ? null : summary.parents.join(' '),
  'Cortex-Operator': summary.operator,
  'Cortex-Family': summary.family,
  'Cortex-Proposer': summary.proposer,
  'Cortex-Findings': summary.findings?.length ? JSON.stringify(summary.findings) : null,
  'Cortex-Mismatches': summary.mismatches === 0 ? null : String(summary.mismatches),
  'Cortex-Parameters': numberText(summary.parameters),
  'Cortex-Fingerprint': summary.fingerprint,
  'Cortex-Source': summary.sourceHash,
  'Cortex-Data': summary.dataHash,
  'Cortex-Config': summary.configHash,
  'Cortex-Model': attempt.model,
  'Cortex-Finished': new Date(summary.finishedAt).toISOString(),
  'Cortex-Spent': summary.spent ? JSON.stringify(summary.spent) : null,
  'Cortex-Looks': numberText(summary.looks),
  'Cortex-Base': notes.base,
  'Cortex-Owner': notes.owner,
  'Cortex-Left-Out': notes.leftOut.length === 0 ? null : JSON.stringify(notes.leftOut),
  'Cortex-Version': String(ATTEMPT_VERSION),
});

const numberText = (value: number | null | undefined): string | null =>
  typeof value === 'number' ? String(value) : null;

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const oneLine = (value: string): string => value.replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();

const shorten = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length - 1).trimEnd()}…`;

/**
 * Wraps at word ends, keeps the writer's line breaks, and indents what git or a reader could take
 * for a trailer.
 */
const bodyText = (value: string): string =>
  shorten(value, BODY_LENGTH)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => wrap(oneLine(line)))
    .map((line) =>
      /^(?:cortex-|signed-off-by|co-authored-by|-{3})/i.test(line) ? `  ${line}` : line,
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

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
