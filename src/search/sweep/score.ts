import type { Objectives } from '../../record/objectives.ts';
import type { Measures } from '../../record/trial.ts';
import { brokenLimits, gainOf } from '../../study/objective.ts';

/** Behind everything that keeps its limits, by how many it breaks. */
const BEHIND = 1e9;

/**
 * What a searcher minimises: the first objective, below is better; what breaks a limit stands
 * behind all that keep theirs. `null` where the measure is not there or no number.
 */
export function scoreOf(measures: Measures, objectives: Objectives): number | null {
  const [first] = objectives;
  const value = measures[first.metric];
  if (value === undefined || !Number.isFinite(value)) return null;
  return -gainOf(value, first) + BEHIND * brokenLimits(measures, objectives).length;
}
