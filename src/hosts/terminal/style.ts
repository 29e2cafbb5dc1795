import pc from 'picocolors';
import { concludeAblation, type HunkEffect } from '../../loop/ablation/hunkEffects.ts';
import type { VerdictKind } from '../../record/verdict.ts';
import { openingsIn, tagOf } from '../../record/kinds.ts';
import { formatChange, metricText, noiseText } from '../../record/format.ts';
import { noiseAround } from '../../study/noiseFloor.ts';
import { validationUse } from '../../judge/validationUse.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { TRACK_LEGEND, trackTables } from '../../search/trackTable.ts';

const VERDICT_STYLE: Readonly<Record<VerdictKind, (text: string) => string>> = {
  baseline: pc.bold,
  better: pc.green,
  worse: pc.red,
  inconclusive: pc.yellow,
  invalid: pc.magenta,
  crashed: pc.magenta,
  rejected: pc.dim,
  cancelled: pc.dim,
};

/**
 * The word an attempt is tagged with, in the colour of its verdict: colour never carries it alone.
 */
export const styleTag = (attempt: Pick<AttemptSummary, 'kind' | 'verdict'>, width = 0): string =>
  VERDICT_STYLE[attempt.verdict](tagOf(attempt).padEnd(width));

/** A unified diff in colour. */
export const styleDiff = (diff: string): string => diff.split('\n').map(styleDiffLine).join('\n');

function styleDiffLine(line: string): string {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('==='))
    return pc.bold(line);
  if (line.startsWith('@@')) return pc.cyan(line);
  if (line.startsWith('+')) return pc.green(line);
  return line.startsWith('-') ? pc.red(line) : line;
}

/** What every row of a table of attempts is shown with. */
export interface RowContext {
  readonly best: AttemptSummary | null;
}

/** One row of the table of attempts. */
export function attemptRow(attempt: AttemptSummary, { best }: RowContext): string {
  const metric = attempt.metric;
  const value = metric ? metricText(metric) : '–';
  const change = attempt.effect.observed === null ? '' : formatChange(attempt.effect.observed);
  const parameters = attempt.parameters?.toLocaleString('en') ?? '–';
  const columns = [
    `#${attempt.number}`.padStart(4),
    styleTag(attempt, 12),
    value.padStart(20),
    change.padStart(11),
    parameters.padStart(10),
  ];
  return (
    `${columns.join('  ')}  ` +
    `${attempt.title}${attempt.id === best?.id ? pc.green('  ← best') : ''}`
  );
}

/** The head of the table of attempts. */
export const attemptHeader = (metric: string): string =>
  pc.dim(
    [
      `#`.padStart(4),
      'verdict'.padEnd(12),
      metric.padStart(20),
      'change'.padStart(11),
      'parameters'.padStart(10),
    ].join('  ') + '  title',
  );

/**
 * How noisy the study is, what the validation part has chosen so far, and whether the sealed part
 * still tells something that nothing was chosen by.
 */
export function meterLines(
  history: readonly AttemptSummary[],
  best: AttemptSummary,
): readonly string[] {
  const noise = noiseAround(history)(best);
  const { text } = validationUse(history, best);
  const openings = openingsIn(history);
  const sealed =
    openings === 0
      ? `still sealed (cortex unseal ${best.number})`
      : `opened ${openings === 1 ? 'once' : `${openings} times`}`;
  return [
    ...(noise === null ? [] : [`${sentence(noiseText(noise))}.`]),
    `${sentence(text)}; the test part is ${sealed}.`,
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The line over attempts that have something in common. */
export const groupHeader = (name: string): string => pc.bold(name);

/** What each hunk brought, and what that comes to. */
export const hunkLines = (effects: readonly HunkEffect[]): readonly string[] => [
  ...effects.map(
    ({ header, number, text }) => `${pc.cyan(header)} ${text} ${pc.dim(`(#${number})`)}`,
  ),
  ...concludeAblation(effects),
];

/** What was predicted beside what came, as aligned tables. */
export const trackLines = (history: readonly AttemptSummary[]): readonly string[] => [
  ...trackTables(history).flatMap(({ by, head, rows }) => [
    '',
    ...aligned([[`by ${by}`, ...head], ...rows]),
  ]),
  '',
  pc.dim(TRACK_LEGEND),
];

/** Columns of texts under each other: the first to the left, the others to the right. */
export function aligned([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [pc.dim(line(head)), ...rows.map(line)];
}
