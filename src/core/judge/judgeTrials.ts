import type { Attempt, Comparison, CompletedTrial, Failure, Trial, Verdict } from '../attempts/attempt.ts';
import { formatChange, formatMetric } from '../attempts/format.ts';
import type { Objective } from '../study/studyConfig.ts';
import { comparePaired } from './pairedComparison.ts';

/** What a variant's trials are judged against; the parent first, then (if another one) the baseline. */
export type References = readonly Pick<Attempt, 'id' | 'trials'>[];

/** The trials that came to their end. */
export const completedTrials = (trials: readonly Trial[]): readonly CompletedTrial[] =>
  trials.filter((trial): trial is CompletedTrial => trial.outcome === 'completed');

/** The verdict on a baseline: it has nothing to be compared with, but it can fail. */
export function judgeBaseline(trials: readonly Trial[], objective: Objective): Verdict {
  const failure = firstFailure(trials);
  if (failure) return judgeFailure(failure);
  const values = completedTrials(trials).map((trial) => trial.metric);
  return { kind: 'baseline', text: `The baseline: ${objective.metric} ${formatMetric(values)} over ${plural(values.length, 'seed')}.`, comparisons: [] };
}

/** The verdict on a variant: better or worse only when the interval of the paired difference to its parent excludes zero. */
export function judgeTrials(trials: readonly Trial[], references: References, objective: Objective): Verdict {
  const failure = firstFailure(trials);
  if (failure) return judgeFailure(failure);
  const completed = completedTrials(trials);
  const comparisons = references.map((reference) => comparePaired(completed, completedTrials(reference.trials), reference.id));
  const [toParent] = comparisons;
  if (!toParent) return judgeBaseline(trials, objective);
  return { kind: kindOf(toParent, objective), text: explain(toParent, objective), comparisons };
}

/** The verdict on a variant that could not be built or trained. */
export function judgeFailure(failure: Failure): Verdict {
  const where = failure.line === null ? '' : ` (line ${failure.line})`;
  return { kind: KIND_OF_FAILURE[failure.kind], text: `${failure.message}${where}`, comparisons: [] };
}

const KIND_OF_FAILURE: Readonly<Record<Failure['kind'], Verdict['kind']>> = {
  syntax: 'invalid', builder: 'invalid', shape: 'invalid', limits: 'invalid', refused: 'invalid', data: 'invalid',
  'not-a-number': 'crashed', time: 'crashed', memory: 'crashed', died: 'crashed',
  cancelled: 'cancelled', interrupted: 'cancelled',
};

function firstFailure(trials: readonly Trial[]): Failure | null {
  const failed = trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure] : []));
  return failed.find((failure) => KIND_OF_FAILURE[failure.kind] === 'cancelled') ?? failed[0] ?? null;
}

function kindOf(comparison: Comparison, objective: Objective): 'better' | 'worse' | 'inconclusive' {
  if (!comparison.interval) return 'inconclusive';
  const sign = objective.direction === 'minimize' ? -1 : 1;
  const gains = comparison.interval.map((bound) => bound * sign);
  if (Math.min(...gains) > 0) return 'better';
  return Math.max(...gains) < 0 ? 'worse' : 'inconclusive';
}

function explain(comparison: Comparison, objective: Objective): string {
  const seeds = plural(comparison.seeds.length, 'shared seed');
  if (!comparison.interval) return `Cannot tell: only ${seeds}; two are needed to see the noise.`;
  const change = `${objective.metric} ${formatChange(comparison.meanDifference)}`;
  const interval = `${comparison.confidence * 100} % interval ${comparison.interval.map(formatChange).join(' to ')}, ${seeds}`;
  const kind = kindOf(comparison, objective);
  if (kind === 'inconclusive') return `Cannot tell: ${change}, but the ${interval}, includes zero.`;
  return `${kind === 'better' ? 'Better' : 'Worse'}: ${change} (${interval}).`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
