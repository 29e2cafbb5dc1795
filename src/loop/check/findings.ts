import { MORE_EPOCHS } from './proveEpochs.ts';
import { type Proven } from './proveChange.ts';
import type { CheckResult } from '../../record/checkResult.ts';
import { formatChange, spreadText, formatNumber } from '../../record/format.ts';
import { betterWord } from '../../study/objective.ts';
import type { Objective, StudyConfig } from '../../record/studyConfig.ts';
import { comparisonAt } from '../../judge/pairedComparison.ts';
import { confidenceOf, openRace } from '../../judge/race.ts';
import { plural } from '../../util/plural.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { Measured } from './referenceFindings.ts';
import { clearlyBetter } from './referenceFindings.ts';

/**
 * All that the check has to say of a study at the end of a run, whose best network scored so;
 * `null`: it was skipped.
 */
export function concludeCheck(
  best: Measured | null,
  check: CheckResult | null,
  objective: Objective,
): readonly string[] {
  const linear = check?.scores?.linear?.[objective.metric];
  const suffices =
    linear !== undefined && best && !clearlyBetter(best, linear, objective)
      ? [
          `A linear model suffices: it reaches ${objective.metric} ${formatNumber(linear)}, ` +
            `the best network so far ${spreadText(best.metric.values)}.`,
        ]
      : [];
  return [...(check?.findings ?? []), ...suffices];
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
  const shared = plural(estimate.seeds.length, 'shared seed');
  const sure = interval
    ? `${shared}, ${formatNumber(100 * confidence)} % interval of the change ` +
      interval.map(formatChange).join(' to ')
    : 'one seed: it may be luck';
  const todo = candidate.operator === MORE_EPOCHS ? ` ${candidate.instead}` : '';
  return `${headlineOn(proven, objectiveOf(config))} (${sure}).${todo}`;
}
