import type { Objective, FurtherObjective } from '../record/studyConfig.ts';
import type { Measures } from '../record/trial.ts';

// The one place that knows what a direction means. No notion of noise: see `judge/`. Stands apart
// from the schema so that a host need not load it.

/**
 * Below 0 where `a` is better, above 0 where `b` is, 0 where the objectives tell them apart in
 * nothing. What keeps closer to the limits comes first (Deb 2000, "An efficient constraint handling
 * method for genetic algorithms"); then the objectives in their order, a later one where the ones
 * before are equal, its tolerance allowed for. What lacks a measure stands behind what has it.
 */
export function compare(a: Measures, b: Measures, objectives: readonly FurtherObjective[]): number {
  const excess = excessOf(a, objectives) - excessOf(b, objectives);
  if (excess !== 0) return excess;
  for (const objective of objectives.filter(({ limit }) => limit === undefined)) {
    const gain = gainBetween(b, a, objective);
    if (gain !== 0) return -gain;
  }
  return 0;
}

/** `a` beats `b` under the objective. */
export const isBetterValue = ({ metric, direction }: Objective, a: number, b: number): boolean =>
  compare({ [metric]: a }, { [metric]: b }, [{ metric, direction }]) < 0;

/** A difference of the metric as a gain: above 0 where it is for the better. */
export const gainOf = (difference: number, { direction }: Pick<Objective, 'direction'>): number =>
  direction === 'minimize' ? -difference : difference;

/** Which way is better, in a word. */
export const betterWord = ({ direction }: Pick<Objective, 'direction'>): 'lower' | 'higher' =>
  direction === 'minimize' ? 'lower' : 'higher';

/** `at most 50000`, `at least 0.9`: how far a measure with a limit may go. */
export const limitText = ({ limit = NaN, direction }: FurtherObjective): string =>
  `${direction === 'minimize' ? 'at most' : 'at least'} ${limit}`;

/** The objectives whose limit is not kept; a measure that is not known keeps it. */
export const brokenLimits = (
  measures: Measures,
  objectives: readonly FurtherObjective[],
): readonly FurtherObjective[] =>
  objectives.filter((objective) => excessOver(measures, objective) > 0);

/**
 * By how much of its value `to` is better than `from` in a measure, 0.3 for 30 % fewer parameters:
 * below 0 where it is worse, 0 where it is not known.
 */
export function shareGained(from: Measures, to: Measures, objective: Objective): number {
  const [before, after] = [from[objective.metric], to[objective.metric]];
  if (before === undefined || after === undefined || before === 0) return 0;
  return gainOf(after - before, objective) / Math.abs(before);
}

function gainBetween(from: Measures, to: Measures, objective: FurtherObjective): number {
  const [before, after] = [from[objective.metric], to[objective.metric]];
  if (before === undefined || after === undefined)
    return Number(before === undefined) - Number(after === undefined);
  const share = Math.abs(shareGained(from, to, objective));
  return share < (objective.tolerance ?? 0) ? 0 : gainOf(after - before, objective);
}

const excessOf = (measures: Measures, objectives: readonly FurtherObjective[]): number =>
  objectives.reduce((sum, objective) => sum + excessOver(measures, objective), 0);

/** Share of the limit by which it is passed; 0 where it is kept. */
function excessOver(measures: Measures, objective: FurtherObjective): number {
  const { metric, limit } = objective;
  const value = measures[metric];
  if (limit === undefined || value === undefined) return 0;
  return Math.max(0, gainOf(limit - value, objective)) / (Math.abs(limit) || 1);
}
