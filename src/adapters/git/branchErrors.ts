import { CortexError } from '../../util/errors.ts';

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
