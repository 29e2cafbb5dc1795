import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CortexError } from '../../util/errors.ts';
import { gitTooOldError } from './errors.ts';
import { fallbackIdentity } from './commit.ts';
import { git, gitBytes } from './git.ts';

/** A repository as seen from one of its folders. */
interface Repository {
  /** Absolute path of the working tree's top. */
  readonly root: string;
  /** Absolute path of the user's index; the file may not exist. */
  readonly indexPath: string;
  /** The folder asked from, relative to `root`: empty, or with `/` at the end. */
  readonly prefix: string;
}

/**
 * The repository a file or folder is in; rejects with `git-no-repository`, `git-missing`,
 * `git-too-old` and the like.
 */
export async function findRepository(path: string): Promise<Repository> {
  const folder = await folderOf(path);
  const [, [root = '', indexPath = '', prefix = '']] = await Promise.all([
    checkVersion(folder),
    askAll(folder, [['--show-toplevel'], ['--git-path', 'index'], ['--show-prefix']]),
  ]);
  return { root, indexPath: resolve(folder, indexPath), prefix };
}

/** In one go; a folder may have a line end in its name, and is asked about by parts then. */
async function askAll(
  folder: string,
  questions: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const lines = (await git(folder, ['rev-parse', ...questions.flat()])).split('\n');
  if (lines.length === questions.length + 1) return lines;
  const answers = questions.map((each) => gitBytes(folder, ['rev-parse', ...each]));
  return (await Promise.all(answers)).map((answer) => answer.toString('utf8').slice(0, -1));
}

/**
 * The path itself, or the closest folder above it that exists: a fetched study's files need not be
 * here.
 */
export async function nearestPlace(path: string): Promise<string> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : nearestPlace(dirname(path));
}

/** Whether a folder stands in a repository. */
export const isInRepository = (folder: string): Promise<boolean> =>
  findRepository(folder).then(
    () => true,
    (error: unknown) => {
      if (error instanceof CortexError && error.code === 'git-no-repository') return false;
      throw error;
    },
  );

/**
 * Makes `folder` a repository; only ever called on the user's explicit wish. Changes no file of
 * theirs and commits nothing.
 */
export async function initRepository(folder: string): Promise<void> {
  await checkVersion(folder);
  await git(folder, ['init']);
}

/**
 * Makes a folder that Cortex has filled itself (an example) a repository with everything in its
 * first commit.
 */
export async function beginRepository(folder: string, message: string): Promise<void> {
  await initRepository(folder);
  const identity = await fallbackIdentity(folder);
  await git(folder, ['add', '--all']);
  await git(folder, ['commit', '--no-verify', '--no-gpg-sign', '-m', message], { identity });
}

async function folderOf(path: string): Promise<string> {
  const isFile = await stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
  return isFile ? dirname(path) : path;
}

async function checkVersion(folder: string): Promise<void> {
  const version = await git(folder, ['--version']);
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) * 1000 + Number(minor) < 2027) throw gitTooOldError(version);
}
