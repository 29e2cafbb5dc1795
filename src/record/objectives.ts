import { onTest } from './measures.ts';
import type { FirstObjective, FurtherObjective, Objective, StudyConfig } from './studyConfig.ts';
import type { Trial } from './trial.ts';

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
export function objectivesOf(config: Pick<StudyConfig, 'objective'>): Objectives {
  const { objective } = config;
  const further = isOne(objective) ? [] : objective.slice(1);
  const first = objectiveOf(config);
  return further.length === 0 ? [first, SIMPLER] : [first, ...further];
}

/** What a study optimises first: what its attempts are ranked and judged by. */
export function objectiveOf(config: Pick<StudyConfig, 'objective'>): Objective {
  const { metric, direction, minus } = firstObjectiveOf(config);
  if (!minus) return { metric, direction };
  const sign = direction === 'maximize' ? '-' : '+';
  const charges = Object.entries(minus).map(([measure, each]) => `${each}*${measure}`);
  return { metric: [metric, ...charges].join(sign), direction };
}

/** The metrics that rows are measured by for the objectives, without what is taken off them. */
export const measuredObjectives = (
  config: Pick<StudyConfig, 'objective'>,
): readonly [string, ...string[]] => {
  const [, ...further] = objectivesOf(config);
  return [firstObjectiveOf(config).metric, ...further.map(({ metric }) => metric)];
};

/**
 * A trial with the measure that its study optimises: the metric less what the measures it is
 * charged for cost (on the sealed part, too). Without such a charge, or one of its measures, the
 * trial as it is.
 */
export function charged(trial: Trial, config: Pick<StudyConfig, 'objective'>): Trial {
  const { metric, direction, minus } = firstObjectiveOf(config);
  if (!minus || trial.outcome === 'failed') return trial;
  const { measures } = trial;
  const price = Object.entries(minus).reduce(
    (sum, [measure, each]) => sum + each * (measures[measure] ?? NaN),
    0,
  );
  const name = objectiveOf(config).metric;
  const sign = direction === 'maximize' ? 1 : -1;
  const values = [
    [name, (measures[metric] ?? NaN) - sign * price],
    [onTest(name), (measures[onTest(metric)] ?? NaN) - sign * price],
  ] as const;
  const known = values.filter(([, value]) => Number.isFinite(value));
  return { ...trial, measures: { ...measures, ...Object.fromEntries(known) } };
}

/** The first objective as it is written: with what of a training counts, and what is charged. */
export const firstObjectiveOf = ({ objective }: Pick<StudyConfig, 'objective'>): FirstObjective =>
  isOne(objective) ? objective : objective[0];

const isOne = (objective: StudyConfig['objective']): objective is FirstObjective =>
  'metric' in objective;
