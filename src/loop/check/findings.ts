import { MORE_EPOCHS, type Proven } from './tryTraining.ts';
import type { Gate, MetricSummary } from '../../record/attempt.ts';
import { formatChange, spreadText, formatNumber } from '../../record/format.ts';
import type { ReferenceScores } from '../../record/dataProfile.ts';
import { betterWord, gainOf } from '../../study/objective.ts';
import type { Objective, StudyConfig } from '../../record/studyConfig.ts';
import type { NoiseFloor } from '../../study/noiseFloor.ts';
import { comparisonAt, halfWidth } from '../../judge/pairedComparison.ts';
import { confidenceOf, openRace } from '../../judge/race.ts';
import { plural } from '../../util/plural.ts';
import { objectiveOf } from '../../record/objectives.ts';

const CONFIDENCE = 0.95;

/**
 * A network's score with the study's noise floor around it; `noise` is `null` where no attempt has
 * two seeds.
 */
interface Measured {
  readonly metric: MetricSummary;
  readonly noise: NoiseFloor | null;
}

/**
 * What a network has to beat, in sentences for people; empty where it does. `null` scores: nothing
 * to compare with.
 */
export function findingsOnReferences(
  { metric, noise }: Measured,
  scores: ReferenceScores | null,
  objective: Objective,
): readonly string[] {
  const own = `${objective.metric} ${spreadText(metric.values)}`;
  const trivial = scores?.trivial[objective.metric];
  const linear = scores?.linear?.[objective.metric];
  return [
    ...(trivial !== undefined && !clearlyBetter({ metric, noise }, trivial, objective)
      ? [
          `Your network is no better than always giving the same answer (${objective.metric} ` +
            `${formatNumber(trivial)} against ${own}).`,
        ]
      : []),
    ...(linear !== undefined && !clearlyBetter({ metric, noise }, linear, objective)
      ? [
          'A linear model does at least as well as your network as it is: ' +
            `${objective.metric} ${formatNumber(linear)} on the same data against ${own}.`,
        ]
      : []),
  ];
}

/**
 * All that the check has to say of a study at the end of a run, whose best network scored so;
 * `null`: it was skipped.
 */
export function concludeAdequacy(
  best: Measured | null,
  gate: Gate | null,
  objective: Objective,
): readonly string[] {
  const linear = gate?.scores?.linear?.[objective.metric];
  const suffices =
    linear !== undefined && best && !clearlyBetter(best, linear, objective)
      ? [
          `A linear model suffices: it reaches ${objective.metric} ${formatNumber(linear)}, ` +
            `the best network so far ${spreadText(best.metric.values)}.`,
        ]
      : [];
  return [...(gate?.findings ?? []), ...suffices];
}

/** A change of the training that beat the baseline, in one clause with its numbers. */
export const headlineOn = ({ candidate, from, to }: Proven, objective: Objective): string =>
  `Your baseline ${candidate.fault}: ${candidate.change} ` +
  `${betterWord(objective) === 'higher' ? 'lifts' : 'lowers'} ${objective.metric} from ` +
  `${formatNumber(from)} to ${formatNumber(to)}`;

/** The same with its interval, and what to do where no proposal can do it. */
export function findingOnTraining(proven: Proven, config: StudyConfig): string {
  const { judge } = config;
  const { candidate, estimate } = proven;
  const { interval, confidence } = comparisonAt(
    estimate,
    '',
    confidenceOf(openRace(judge.maxSeeds), 'better', estimate),
  );
  const sure = interval
    ? `${plural(estimate.seeds.length, 'seed')}, ${formatNumber(100 * confidence)} % interval of ` +
      `the change ${interval.map(formatChange).join(' to ')}`
    : 'one seed: it may be luck';
  const todo = candidate.operator === MORE_EPOCHS ? ` ${candidate.instead}` : '';
  return `${headlineOn(proven, objectiveOf(config))} (${sure}).${todo}`;
}

/**
 * The network's interval lies on the good side of `value`, by the study's noise: two seeds alone
 * would say next to nothing. A single seed counts as it stands.
 */
function clearlyBetter(
  { metric: { mean, values }, noise }: Measured,
  value: number,
  objective: Objective,
): boolean {
  const half = noise
    ? (halfWidth(
        {
          seeds: [...values.keys()],
          mean,
          deviation: noise.sd,
          degreesOfFreedom: noise.degreesOfFreedom,
        },
        CONFIDENCE,
      ) ?? 0)
    : 0;
  return gainOf(mean - value, objective) > half;
}
