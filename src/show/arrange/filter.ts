import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AttemptFilter, Marks } from './arrangement.ts';

/** Tells which attempts a filter shows. */
export function sieveOf(
  { verdicts, operators, proposers, text, starred }: AttemptFilter,
  marks: Marks,
): (attempt: AttemptSummary) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (attempt) =>
    (verdicts.length === 0 || verdicts.includes(attempt.verdict)) &&
    includesAny(operators, attempt.operator) &&
    includesAny(proposers, attempt.proposer) &&
    (!starred || marks.get(attempt.id)?.starred === true) &&
    (words.length === 0 || holds(attempt, words, marks));
}

/**
 * A filter as one line that people can write: `verdict:better,worse operator:dropout
 * proposer:offline starred batch norm`.
 */
export function filterText({
  verdicts,
  operators,
  proposers,
  text,
  starred,
}: AttemptFilter): string {
  const lists = [
    ['verdict', verdicts],
    ['operator', operators],
    ['proposer', proposers],
  ] as const;
  return [
    ...lists.flatMap(([key, values]) => (values.length > 0 ? [`${key}:${values.join()}`] : [])),
    ...(starred ? ['starred'] : []),
    ...(text === '' ? [] : [text]),
  ].join(' ');
}

/** Proposers are named by their beginning as well: `openai` stands for `openai:gpt-5-mini`. */
const includesAny = (wanted: readonly string[], value: string | null): boolean =>
  wanted.length === 0 ||
  (value !== null && wanted.some((name) => value === name || value.startsWith(`${name}:`)));

function holds(
  { id, number, title, verdict, operator, proposer }: AttemptSummary,
  words: readonly string[],
  marks: Marks,
): boolean {
  const all = (
    `#${number} ${title} ${verdict} ${operator ?? ''} ${proposer ?? ''} ` +
    `${marks.get(id)?.note ?? ''}`
  ).toLowerCase();
  return words.every((word) => all.includes(word));
}
