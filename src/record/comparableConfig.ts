import type { StudyConfig } from './studyConfig.ts';
import { objectiveOf } from './objectives.ts';

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
