import { CortexError, type ErrorKind } from '../../util/errors.ts';

/** What git said when a command failed. */
interface GitFailure {
  /** The git sub-command, for people. */
  readonly command: string;
  /** Standard output and error, as git wrote them in English. */
  readonly output: string;
  readonly cause?: unknown;
}

interface KnownFailure {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly pattern: RegExp;
  readonly happened: string;
  readonly expected: string;
  readonly remedy: string;
}

/**
 * Makes the named error for a failed git command; `git-failed` with git's own words where none is
 * known.
 */
export function gitError({ command, output, cause }: GitFailure): CortexError {
  const known = KNOWN_FAILURES.find(({ pattern }) => pattern.test(output));
  const words = wordsOf(output);
  if (known) {
    const { code, kind, happened, expected, remedy } = known;
    return new CortexError({
      code,
      kind,
      happened: `${happened} (git ${command}: ${words})`,
      expected,
      remedy,
      cause,
    });
  }
  return new CortexError({
    code: 'git-failed',
    kind: 'environment',
    cause,
    happened: `git ${command} failed: ${words}`,
    expected: 'it to succeed.',
    remedy: 'Run "git fsck" in the repository if this goes on; no branch was moved.',
  });
}

/** A lost race for a ref: somebody else has moved it, or holds its lock. */
export const isRefConflict = (error: unknown): error is CortexError =>
  error instanceof CortexError &&
  (error.code === 'git-ref-moved' || error.code === 'git-ref-locked');

/** The first match wins; texts are git's, under `LC_MESSAGES=C`. */
const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    code: 'git-missing',
    kind: 'environment',
    pattern: /spawn \S+ ENOENT/,
    happened: 'git could not be started.',
    expected: 'git 2.27 or later on the PATH.',
    remedy: 'Install git (https://git-scm.com/downloads) and start again.',
  },
  {
    code: 'git-no-repository',
    kind: 'input',
    pattern: /not a git repository/i,
    happened: 'This folder is not in a git repository.',
    expected: 'a repository, since every attempt becomes a commit on its own branch.',
    remedy: 'Run "git init" in the project folder; your files stay as they are.',
  },
  {
    code: 'git-dubious-ownership',
    kind: 'environment',
    pattern: /dubious ownership|unsafe repository/,
    happened: 'git refuses this repository because it belongs to another user.',
    expected: 'a repository you own, or one you have declared safe.',
    remedy: 'If you trust it, run the "git config --global --add safe.directory …" that git names.',
  },
  {
    code: 'git-bare-repository',
    kind: 'input',
    pattern: /must be run in a work tree/,
    happened: 'This repository has no working tree here.',
    expected: 'a folder with checked-out files.',
    remedy: 'Open a clone or a worktree of it ("git worktree add").',
  },
  {
    code: 'git-disk-full',
    kind: 'environment',
    pattern:
      /No space left on device|Disk quota exceeded|File too large|ENOSPC|EDQUOT|signal: file size limit/i,
    happened: 'The disk is full: the attempt could not be written.',
    expected: 'room for a commit in the repository and for a small file in the temporary folder.',
    remedy: 'Free some space; the branch stands where it stood, nothing is half written.',
  },
  {
    code: 'git-ref-moved',
    kind: 'environment',
    pattern: /but expected [0-9a-f]+|reference already exists|unable to resolve reference/,
    happened: 'Another program moved the branch of the study at the same time.',
    expected: 'the branch to stand still for a moment.',
    remedy: 'Try again; nothing was overwritten.',
  },
  {
    code: 'git-ref-locked',
    kind: 'environment',
    pattern: /cannot lock ref[\s\S]*Unable to create '[^']+\.lock': File exists/,
    happened: 'The branch of the study is locked by another git process.',
    expected: 'the lock to be gone within seconds.',
    remedy:
      'Wait for the other git to end; if there is none, delete the .lock file that git names.',
  },
  {
    code: 'git-branch-name',
    kind: 'input',
    pattern:
      /exists; cannot create|cannot lock ref[\s\S]*(?:Not a directory|Is a directory|non-empty directory)/,
    happened: "Another branch stands in the way of the study's branch.",
    expected: 'a name that no other branch is a prefix of.',
    remedy: 'Give the study another "name" in cortex.json, or rename that branch.',
  },
  {
    code: 'git-filter-failed',
    kind: 'environment',
    pattern: /(?:clean|smudge|process|external) filter '?[^\n]* failed/,
    happened: 'A filter of this repository (.gitattributes) failed.',
    expected: 'its program to run, as "git add" needs it too.',
    remedy:
      'Install the filter\'s program (git-lfs for "filter=lfs") or mend its command in the ' +
      'git configuration.',
  },
  {
    code: 'git-read-only',
    kind: 'environment',
    pattern: /Read-only file system|Permission denied|insufficient permission|EACCES|EROFS/,
    happened: 'The repository or a file of the project cannot be accessed.',
    expected: 'the right to read the project and to write into its .git folder.',
    remedy: 'Make the .git folder writable for your user, or work on a copy of the repository.',
  },
  {
    code: 'git-corrupt',
    kind: 'environment',
    pattern:
      /is corrupt|is empty|bad object|missing (?:blob|tree|object)|unable to read|bad tree|could not parse|inflate|index file (?:corrupt|smaller)|bad index file|bad signature|invalid object|not a valid object|Could not read|broken|unable to find [0-9a-f]{40}|bad revision|does not exist in|: bad file/,
    happened: 'The repository has missing or damaged objects.',
    expected: 'every object of the branch to be readable.',
    remedy: 'Run "git fsck --full"; fetch what is missing from another clone.',
  },
  {
    code: 'git-timeout',
    kind: 'environment',
    pattern: /block timeout reached/,
    happened: 'git gave no sign of life for two minutes.',
    expected: 'an answer within seconds.',
    remedy:
      'Look for a hanging filter, a password prompt or a disk that does not answer, and try again.',
  },
];

/** The line that says most, without git's prefixes. */
function wordsOf(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line =
    lines.find((candidate) => /^(?:fatal|error|Error):/.test(candidate)) ??
    lines.at(-1) ??
    'it ended without a word';
  return line.replace(/^(?:fatal|error|Error): /, '').slice(0, 300);
}

/** git is there, but lacks what Cortex uses. */
export const gitTooOldError = (version: string): CortexError =>
  new CortexError({
    code: 'git-too-old',
    kind: 'environment',
    happened: `This is ${version.trim()}.`,
    expected: 'git 2.27 or later (transactions of "git update-ref").',
    remedy: 'Update git (https://git-scm.com/downloads) and start again.',
  });

/** The folder the study is in is gone, so git cannot run there. */
export const folderMissingError = (folder: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'git-folder-missing',
    kind: 'input',
    cause,
    happened: `The folder ${folder} does not exist.`,
    expected: 'the folder that holds the model file.',
    remedy: 'Check the path; if the folder was moved, open it where it is now.',
  });

const BRANCH_RULE =
  'a name without spaces, "..", "~", "^", ":", "?", "*", "[", "\\", and not ending in ' +
  '".lock" or "/".';

/** The study's name cannot be part of a branch name. */
export const branchNameError = (name: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'git-branch-name',
    kind: 'input',
    cause,
    happened: `The study's name "${name}" cannot be a git branch (cortex/${name}).`,
    expected: BRANCH_RULE,
    remedy: 'Set another "name" in cortex.json.',
  });

/** The branch holds the attempts of another model file that still exists. */
export const branchTakenError = (branch: string, owner: string, model: string): CortexError =>
  new CortexError({
    code: 'git-branch-taken',
    kind: 'input',
    happened: `The branch ${branch} holds the attempts of ${owner}, not of ${model}.`,
    expected: 'one branch per model file.',
    remedy: `Give this study a "name" of its own in the cortex.json beside ${model}.`,
  });

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

/** The study's branch is checked out, so moving it would change what HEAD stands for. */
export const branchCheckedOutError = (branch: string, folder: string): CortexError =>
  new CortexError({
    code: 'git-branch-checked-out',
    kind: 'input',
    happened:
      `The branch ${branch} is checked out in ${folder}; a new commit would move it under your ` +
      'files.',
    expected: 'your own branch to be checked out while Cortex works.',
    remedy:
      'Switch to another branch ("git switch -"); what has been trained is kept and joins ' +
      'the branch then.',
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

/** No branch can have the name that was asked for. */
export const branchInvalidError = (branch: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'git-branch-invalid',
    kind: 'input',
    cause,
    happened: `"${branch}" cannot be the name of a git branch.`,
    expected: BRANCH_RULE,
    remedy: 'Choose another name.',
  });

/** The branch that was to be made exists, or one that git cannot hold beside it (`a` and `a/b`). */
export const branchExistsError = (taken: string, wanted: string): CortexError =>
  new CortexError({
    code: 'git-branch-exists',
    kind: 'input',
    happened:
      `There is a branch ${taken} already; it was left as it ` +
      `is${taken === wanted ? '' : `, and git cannot hold ${wanted} beside it`}.`,
    expected: 'the name of a new branch.',
    remedy: `Choose another name, or delete it: git branch -D ${taken}`,
  });

/** A change to the user's last commit cannot be made where there is none. */
export const noCommitError = (cause: unknown): CortexError =>
  new CortexError({
    code: 'git-no-commit',
    kind: 'input',
    cause,
    happened: 'This repository has no commit of yours yet, so there is nothing to put a change on.',
    expected: 'a commit that HEAD stands for.',
    remedy: 'Commit your files first (git add, git commit), then try again.',
  });
