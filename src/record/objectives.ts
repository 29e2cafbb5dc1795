import type { FurtherObjective, Objective, StudyConfig } from './studyConfig.ts';

/** What a study asks, in order: what to optimise, then what to hold, or to optimise next. */
export type Objectives = readonly [Objective, ...(readonly FurtherObjective[])];

/** The usual second objective: a model as good with a fifth fewer parameters is better. */
export const SIMPLER: FurtherObjective = {
  metric: 'parameters',
  direction: 'minimize',
  tolerance: 0.2,
};

/**
 * All that a study asks. Where it names one objective, fewer parameters are the second; where it
 * lists more, the list is all of it.
 */
export function objectivesOf({ objective }: Pick<StudyConfig, 'objective'>): Objectives {
  const [first, ...further] = isOne(objective) ? [objective] : objective;
  return further.length === 0 ? [first, SIMPLER] : [first, ...further];
}

/** What a study optimises first: what its attempts are ranked and judged by. */
export const objectiveOf = ({ objective }: Pick<StudyConfig, 'objective'>): Objective =>
  isOne(objective) ? objective : objective[0];

const isOne = (objective: StudyConfig['objective']): objective is Objective =>
  'metric' in objective;
