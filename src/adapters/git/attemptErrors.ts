import { CortexError } from '../../util/errors.ts';

/** A study that was fetched is somebody else's: its branch moves by `git fetch` alone. */
export const studyFetchedError = (branch: string): CortexError =>
  new CortexError({
    code: 'study-fetched',
    kind: 'input',
    happened: `${branch} was fetched from a remote and is read only.`,
    expected: 'a study of this repository to record attempts in.',
    remedy:
      'To go on with it here, make it yours: git branch ' +
      `${branch.slice(branch.indexOf('cortex/'))} ${branch}.`,
  });

/** No attempt of the study has this id. */
export const attemptUnknownError = (id: string, branch: string): CortexError =>
  new CortexError({
    code: 'attempt-unknown',
    kind: 'input',
    happened: `There is no attempt "${id}" on ${branch}.`,
    expected: 'the id of an attempt of this study.',
    remedy: 'List the attempts with "cortex history" and use an id from there.',
  });

/** The record was written by a later version of Cortex. */
export const attemptNewerError = (id: string, version: number): CortexError =>
  new CortexError({
    code: 'attempt-newer',
    kind: 'input',
    happened: `Attempt "${id}" was written by a newer Cortex (record version ${version}).`,
    expected: 'a record this version can read.',
    remedy: 'Update Cortex; the attempt is left as it is.',
  });

/** The record is there and cannot be understood. */
export const attemptDamagedError = (id: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'attempt-damaged',
    kind: 'input',
    cause,
    happened:
      `The record of attempt "${id}" is ` +
      `damaged${cause instanceof Error ? `: ${cause.message.slice(0, 300)}` : ''}.`,
    expected: '.cortex/attempt.json as Cortex wrote it.',
    remedy:
      'Restore the branch from another clone or from "git reflog"; ' +
      'other attempts are not affected.',
  });

/** Cortex itself made a record that its own schema refuses; it was not written. */
export const attemptInvalidError = (id: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'attempt-invalid',
    kind: 'defect',
    cause,
    happened:
      `The record of attempt "${id}" does not fit its ` +
      `schema${cause instanceof Error ? `: ${cause.message.slice(0, 300)}` : ''}.`,
    expected: 'a valid record.',
    remedy: 'Please report this; the branch was not touched.',
  });

/** Weights or an export could not be written beside the branch. */
export const artifactNotKept = (folder: string, bytes: number, cause: unknown): CortexError =>
  new CortexError({
    code: 'artifact-not-kept',
    kind: 'environment',
    cause,
    happened:
      `${Math.ceil(bytes / 1024)} KiB of weights could not be written to ${folder}` +
      `${cause instanceof Error ? `: ${cause.message}` : ''}.`,
    expected: 'room on the disk, and the right to write there.',
    remedy: 'Make room; the training itself is recorded, and the same seed gives the same weights.',
  });
