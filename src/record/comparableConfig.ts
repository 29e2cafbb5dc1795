import type { StudyConfig } from './studyConfig.ts';
import { firstObjectiveOf, objectiveOf } from './objectives.ts';

/**
 * The part of a configuration that decides a trial's numbers, as canonical JSON: trials are
 * comparable when it agrees. Seeds, limits, the log and names are left out: they change what is
 * run, not what one run gives.
 */
export const comparableConfig = (config: StudyConfig): string =>
  JSON.stringify([
    config.data ?? null,
    objectiveOf(config).metric,
    objectiveOf(config).direction,
    ...countedOf(config),
    config.epochs,
    config.batchSize,
    [partsOf(config.split), config.split.test, config.split.seed],
    [
      config.preprocessing.standardizeInputs,
      config.preprocessing.scaleTargets,
      config.preprocessing.oneHot,
    ],
  ]);

const partsOf = ({ validation, folds }: StudyConfig['split']): number | string =>
  folds > 1 ? `${folds} folds` : validation;

/** Earlier configurations say nothing: there the last epoch counts. */
function countedOf(config: StudyConfig): readonly string[] {
  const { at = 'last' } = firstObjectiveOf(config);
  return at === 'last' ? [] : [at];
}
