import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fallbackIdentity } from './commit.ts';
import { branchExistsError } from './errors.ts';
import { git } from './git.ts';
import { moveRefs } from './refs.ts';

/** A commit on a branch of its own: the user's HEAD with one file changed. */
export interface SingleFileCommit {
  /** Absolute path of the working tree's top. */
  readonly root: string;
  /** The file, relative to `root`. */
  readonly path: string;
  readonly text: string;
  readonly branch: string;
  readonly message: string;
}

/** Writes the commit with an index of its own and makes the branch; neither the user's index nor their files are read or written. */
export async function commitOneFile({ root, path, text, branch, message }: SingleFileCommit): Promise<string> {
  const head = (await git(root, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
  await refuseTaken(root, branch);
  const folder = await mkdtemp(join(tmpdir(), 'cortex-promote-'));
  try {
    const indexFile = join(folder, 'index');
    const blob = (await git(root, ['hash-object', '-w', '--stdin', '--path', path], { input: text })).trim();
    const mode = /^(\d{6}) /.exec(await git(root, ['ls-tree', head, '--', path]))?.[1] ?? '100644';
    await git(root, ['read-tree', head], { indexFile });
    await git(root, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], { indexFile });
    const tree = (await git(root, ['write-tree'], { indexFile })).trim();
    const identity = await fallbackIdentity(root);
    const commit = (await git(root, ['commit-tree', '--no-gpg-sign', '-p', head, '-F', '-', tree], { input: message, identity })).trim();
    await moveRefs(root, [{ ref: `refs/heads/${branch}`, from: null, to: commit }]);
    return commit;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes a branch at a commit; a taken name is refused and left alone. */
export async function createBranch(root: string, branch: string, commit: string): Promise<void> {
  await refuseTaken(root, branch);
  await moveRefs(root, [{ ref: `refs/heads/${branch}`, from: null, to: commit }]);
}

/** A new working tree beside the user's own, with a detached HEAD. */
export const addWorktree = async (root: string, folder: string, commit: string): Promise<void> => {
  await git(root, ['worktree', 'add', '--detach', folder, commit]);
};

async function refuseTaken(root: string, branch: string): Promise<void> {
  await git(root, ['check-ref-format', '--branch', branch]);
  const taken = await git(root, ['for-each-ref', '--format=%(refname)', `refs/heads/${branch}`]);
  if (taken.trim() === `refs/heads/${branch}`) throw branchExistsError(branch);
}
