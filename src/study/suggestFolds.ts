import type { DataProfile } from '../record/dataProfile.ts';
import { studyConfigSchema, type StudyConfig } from '../record/studyConfig.ts';

/** Below this a single validation part is so small that its own luck decides. */
const SMALL = 500;
const FOLDS = 5;

/**
 * What to write where a study's data is small and its rows could be dealt into folds; `null` where
 * there is nothing to suggest.
 */
export function suggestFolds(
  { rows, foldable }: DataProfile,
  { split }: Pick<StudyConfig, 'split'>,
): string | null {
  const all = rows.train + rows.validation + rows.test;
  if (all >= SMALL || !foldable || split.folds > 1) return null;
  return (
    `The data has ${all} rows: a change is measured on ${rows.validation} of them, which may ` +
    `be luck. In folds it is measured on ${rows.train + rows.validation}, and a trial trains ` +
    `${FOLDS} models. For that write ${lineOf(split)} in cortex.json; it begins with a new ` +
    'baseline.'
  );
}

/** The line for the study file, with what it says of the split already. */
function lineOf(split: StudyConfig['split']): string {
  const usual = studyConfigSchema.parse({}).split;
  const own = (['test', 'seed'] as const)
    .filter((key) => split[key] !== usual[key])
    .map((key) => `"${key}": ${split[key]}`);
  return `"split": { ${[...own, `"folds": ${FOLDS}`].join(', ')} }`;
}
