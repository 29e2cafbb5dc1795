import type { StudyConfig } from '../record/studyConfig.ts';

/**
 * How a training command gets its seed: in its words, from the variable CORTEX_SEED, by the random
 * numbers of Python being set as it starts, or not at all.
 */
export type Seeding = 'words' | 'variable' | 'start' | 'none';

const PYTHON = /(?:^|[\s;&|/])python[\d.]*(?:\s|$)/;

/** As the study file says it, else by what the command is; `null` where no command trains. */
export function seedingOf({
  train,
  seeding,
}: Pick<StudyConfig, 'train' | 'seeding'>): Seeding | null {
  if (train === undefined) return null;
  if (seeding !== undefined) return seeding;
  if (train.includes('{seed}')) return 'words';
  return PYTHON.test(train) ? 'start' : 'none';
}

/**
 * Whether the trials of two variants with one seed belong together: they do unless a command takes
 * no seed.
 */
export const comparesPairs = (config: Pick<StudyConfig, 'train' | 'seeding'>): boolean =>
  seedingOf(config) !== 'none';
