import type { StudyConfig } from '../record/studyConfig.ts';
import type { CortexError } from '../util/errors.ts';
import type { Result } from '../util/result.ts';
import type { OwnIdea } from './ownIdea.ts';

/** Who says how long a study's trials train: `null` where nobody does, and the default is used. */
export interface Lengths {
  readonly epochs: string | null;
  readonly batchSize: string | null;
}

/**
 * Where a study lives and what it asks: all attempts on one model file under one objective, on one
 * git branch.
 */
export interface Study {
  /** Also the branch: `cortex/<name>`. */
  readonly name: string;
  /** Absolute path of the model file. */
  readonly modelPath: string;
  /** Absolute folder that relative paths of `config` start from (the model file's folder). */
  readonly folder: string;
  /** Absolute path of the training log the study names or has found; `null` when there is none. */
  readonly logPath: string | null;
  /**
   * Which run of the log is read, where a person chose one (1-based); the last where it has not so
   * many. Absent: the last.
   */
  readonly logRun?: number;
  readonly config: StudyConfig;
  /**
   * The runtime that its newest trained attempt trained on, where a run has looked: `auto` stays
   * with it, so that attempts of several days can be compared. Absent: none, or nobody has looked.
   */
  readonly lastRuntime?: string;
  /** Who says `epochs` and `batchSize` of `config`; absent where that is not asked. */
  readonly lengths?: Lengths;
  /**
   * Ideas of the user's or the team's own (`.cortex/ideas/`), or what is wrong with one; absent
   * where there are none.
   */
  readonly ideas?: Result<readonly OwnIdea[], CortexError>;
  /**
   * The remote whose branch of this study was fetched and is read; such a study is read only.
   * Absent: the repository's own branch.
   */
  readonly remote?: string;
}

/**
 * Where a study's attempts stand, for people: `cortex/digits`, or `origin/cortex/digits` where they
 * were fetched.
 */
export const placeOf = ({ name, remote }: Study): string =>
  `${remote === undefined ? '' : `${remote}/`}${branchOf(name)}`;

/** The branch that holds a study's attempts. */
export const branchOf = (studyName: string): string => `cortex/${studyName}`;

/** The study with another number of seeds; `undefined` keeps its own. */
export const withSeeds = (study: Study, seeds: number | undefined): Study =>
  seeds === undefined ? study : { ...study, config: { ...study.config, seeds } };
