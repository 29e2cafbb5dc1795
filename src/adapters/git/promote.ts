import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fallbackIdentity } from './commit.ts';
import { branchExistsError, branchInvalidError, noCommitError } from './branchErrors.ts';
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

/**
 * Writes the commit with an index of its own and makes the branch; neither the user's index nor
 * their files are read or written.
 */
export async function commitOneFile({
  root,
  path,
  text,
  branch,
  message,
}: SingleFileCommit): Promise<string> {
  await refuseTaken(root, branch);
  const head = (
    await git(root, ['rev-parse', '--verify', 'HEAD^{commit}']).catch((cause: unknown) => {
      throw noCommitError(cause);
    })
  ).trim();
  const folder = await mkdtemp(join(tmpdir(), 'cortex-promote-'));
  try {
    const indexFile = join(folder, 'index');
    const blob = (
      await git(root, ['hash-object', '-w', '--stdin', '--path', path], { input: text })
    ).trim();
    const mode = await fileMode(root, head, path);
    await git(root, ['read-tree', head], { indexFile });
    await git(root, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], {
      indexFile,
    });
    const tree = (await git(root, ['write-tree'], { indexFile })).trim();
    const identity = await fallbackIdentity(root);
    const commit = (
      await git(root, ['commit-tree', '--no-gpg-sign', '-p', head, '-F', '-', tree], {
        input: message,
        identity,
      })
    ).trim();
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

/**
 * The file's in the user's commit; a link becomes the file it stood for, since what is committed is
 * its text.
 */
async function fileMode(root: string, head: string, path: string): Promise<string> {
  return (await git(root, ['ls-tree', head, '--', path])).startsWith('100755 ')
    ? '100755'
    : '100644';
}

/**
 * Refuses a name that git does not accept, one that is taken, and one that cannot be held beside
 * another branch's.
 */
async function refuseTaken(root: string, branch: string): Promise<void> {
  const name = await git(root, ['check-ref-format', '--branch', branch]).catch((cause: unknown) => {
    throw branchInvalidError(branch, cause);
  });
  if (name.trim() !== branch) throw branchInvalidError(branch, null);
  const parts = branch.split('/');
  const above = parts.map((_, index) => `refs/heads/${parts.slice(0, index + 1).join('/')}`);
  const refs = (await git(root, ['for-each-ref', '--format=%(refname)', ...above])).split('\n');
  const other = refs.find((ref) => above.includes(ref) || ref.startsWith(`refs/heads/${branch}/`));
  if (other !== undefined) throw branchExistsError(other.slice('refs/heads/'.length), branch);
}
