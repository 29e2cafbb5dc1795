import { type ErrorKind } from '../../util/errors.ts';

interface KnownFailure {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly pattern: RegExp;
  readonly happened: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The first match wins; texts are git's, under `LC_MESSAGES=C`. */
export const KNOWN_FAILURES: readonly KnownFailure[] = [
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
    code: 'git-packed-refs-locked',
    kind: 'environment',
    pattern: /Unable to create '[^']*packed-refs\.lock': File exists/,
    happened: 'The list of refs is locked by another git process, or by one that has ended.',
    expected: 'the lock to be gone within seconds.',
    remedy:
      'Wait for the other git to end; if there is none, delete the packed-refs.lock that ' +
      'git names.',
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
