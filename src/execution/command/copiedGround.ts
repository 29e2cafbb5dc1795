import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Study } from '../../study/study.ts';
import type { Ground, Placing } from './ground.ts';

/**
 * The repository's files copied as they are in the working tree, with links to what git does not
 * track (data): what the command writes through such a link is written.
 */
export async function copyOf(study: Study, { variant, root }: Placing): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-run-'));
  const { tracked, untracked } = await filesIn(root);
  const own = join(folder, relative(root, study.folder));
  const { log } = study.config;
  const renew = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    for (const name of tracked)
      await placed(join(folder, name), (path) => copyFile(join(root, name), path));
    for (const name of untracked)
      await placed(join(folder, name), (path) => symlink(join(root, name), path));
    const model = join(folder, relative(root, variant.path));
    await rm(model, { force: true });
    // A log of an earlier run is no log of the next one.
    if (log !== undefined) await rm(join(own, log), { recursive: true, force: true });
    await placed(model, (path) => writeFile(path, variant.text));
  };
  await renew();
  return {
    kind: 'copy',
    wrap: (command) => ['/bin/sh', '-c', `cd "$0" && exec /bin/sh -c "$1"`, own, command],
    written: (path) => join(own, path),
    renew,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A file of the list that is gone from the working tree is left out. */
async function placed(path: string, place: (path: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await place(path).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  });
}

/** What is copied and what is linked to; without a repository all is copied. */
async function filesIn(root: string): Promise<{
  readonly tracked: readonly string[];
  readonly untracked: readonly string[];
}> {
  if (!existsSync(join(root, '.git'))) {
    const all = await readdir(root, { recursive: true, withFileTypes: true });
    const files = all.filter((entry) => !entry.isDirectory());
    const names = files.map(({ parentPath, name }) => relative(root, join(parentPath, name)));
    return { tracked: names, untracked: [] };
  }
  return {
    tracked: await listed(root, ['--cached']),
    untracked: await listed(root, ['--others', '--directory', '--no-empty-directory']),
  };
}

const run = promisify(execFile);

async function listed(root: string, which: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run('git', ['ls-files', '-z', ...which], {
    cwd: root,
    maxBuffer: 2 ** 28,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
  return stdout.split('\0').flatMap((name) => (name === '' ? [] : [name.replace(/\/$/, '')]));
}
