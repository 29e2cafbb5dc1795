import type { Attempt } from '../../record/attempt.ts';
import type { CheckResult } from '../../record/checkResult.ts';
import type { Comparison } from '../../record/verdict.ts';
import type { Trial } from '../../record/trial.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import { formatChange, formatNumber } from '../../record/format.ts';
import { rivalName } from '../../study/lineage.ts';
import type { SeedTable } from '../../loop/seedTable.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { objectiveOf } from '../../record/objectives.ts';

/** A table of texts; the first row is its head. */
export type Rows = readonly (readonly string[])[];

/** Against which attempts it was judged, and what came out. */
export function comparisonRows(
  { verdict, parents: [parentId] }: Attempt,
  history: readonly AttemptSummary[],
): Rows {
  if (verdict.comparisons.length === 0) return [];
  const nameOf = (id: string): string => rivalName(id, { parentId, history });
  return [
    ['against', 'mean difference', 'interval', 'shared seeds'],
    ...verdict.comparisons.map((item) => comparisonRow(item, nameOf(item.against))),
  ];
}

function comparisonRow(
  { meanDifference, interval, confidence, seeds }: Comparison,
  name: string,
): readonly string[] {
  const range = interval
    ? `${interval.map(formatChange).join(' to ')} (${formatNumber(confidence * 100)} %)`
    : '–';
  return [name, formatChange(meanDifference), range, seeds.join(', ')];
}

/** Each seed with its value. */
export function seedRows({ columns, rows }: SeedTable): Rows {
  if (columns.length === 0) return [];
  return [
    ['seed', ...columns.map(({ name }) => name)],
    ...rows.map(({ seed, values }) => [
      String(seed),
      ...values.map((value) => (value === null ? '–' : formatNumber(value))),
    ]),
  ];
}

/** A short run is marked as one. */
export function triedRows({ runs }: CheckResult, config: StudyConfig): Rows {
  const { epochs } = config;
  const { metric } = objectiveOf(config);
  return [
    ['change', 'epochs', 'by seed'],
    ...runs.map((run) => [
      run.change,
      `${run.epochs}${run.epochs < epochs ? ` of ${epochs}, a short run` : ''}`,
      run.trials.map((trial) => outcomeText(trial, metric)).join(', '),
    ]),
  ];
}

/** Each trial with its outcome. */
export function trialRows({ trials, config }: Attempt): Rows {
  const { metric } = objectiveOf(config);
  if (trials.length === 0) return [];
  return [['seed', metric, 'epochs', 'seconds'], ...trials.map((trial) => trialRow(trial, metric))];
}

const trialRow = (trial: Trial, metric: string): readonly string[] => [
  String(trial.seed),
  outcomeText(trial, metric),
  String(trial.epochs),
  trial.seconds.total.toFixed(1),
];

const outcomeText = (trial: Trial, metric: string): string =>
  trial.outcome === 'completed'
    ? formatNumber(trial.measures[metric] ?? NaN)
    : `${trial.failure.kind}: ${trial.failure.message.replace(/\s+/g, ' ')}`;
