import type { Attempt } from '../record/attempt.ts';
import { reasoningOf } from '../record/kinds.ts';
import { formatChange, formatNumber, metricText } from '../record/format.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { objectiveOf } from '../record/objectives.ts';

/** A commit that is ready for a pull request. */
export interface Promoted {
  readonly branch: string;
  readonly commit: string;
}

/** What a promotion tells its readers. */
export interface Promotion {
  readonly attempt: Attempt;
  readonly summary: AttemptSummary;
  /** From the baseline to the attempt; each with its record where it could be read. */
  readonly line: readonly AttemptSummary[];
  readonly reasons: ReadonlyMap<string, Attempt>;
}

/** The default branch of a promotion: `cortex-promote/digits-12`. */
export const promotionBranch = ({ study, number }: AttemptSummary): string =>
  `cortex-promote/${study}-${number}`;

/** The message of a promotion: what was changed and why, and a table of what each step measured. */
export function promotionMessage({ attempt, summary, line, reasons }: Promotion): string {
  const { metric } = objectiveOf(attempt.config);
  const steps = line.filter(({ parents }) => parents.length > 0);
  const value = summary.metric ? ` (${metric} ${formatNumber(summary.metric.mean)})` : '';
  return [
    oneLine(`${summary.title}${value}`),
    attempt.verdict.text,
    ...steps.map(({ id, number, title }) => {
      const reasoning = indented(reasonOf(reasons.get(id)));
      return `#${number} ${oneLine(title)}\n${reasoning}`.trimEnd();
    }),
    [
      `| attempt | verdict | ${metric} | change | parameters |`,
      '|---|---|---|---|---|',
      ...line.map(tableRow),
    ].join('\n'),
    `Measured on ${attempt.trials.filter(({ outcome }) => outcome === 'completed').length} ` +
      `seeds; attempt ${attempt.id}, commit ${summary.commit}.`,
  ].join('\n\n');
}

function tableRow({ number, title, verdict, metric, effect, parameters }: AttemptSummary): string {
  const cells = [
    `#${number} ${oneLine(title)}`,
    verdict,
    metric ? metricText(metric) : '–',
    effect.observed === null ? '–' : formatChange(effect.observed),
    parameters?.toLocaleString('en') ?? '–',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const reasonOf = (attempt: Attempt | undefined): string => (attempt ? reasoningOf(attempt) : '');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Two spaces before each line: no text of anybody's can start a heading, a trailer or a list of its
 * own.
 */
const indented = (text: string): string =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => `  ${line.trim()}`)
    .join('\n');
