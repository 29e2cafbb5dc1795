import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Study } from '../../study/study.ts';
import type { WorkerRole } from '../workerProcess.ts';
import type { Launch } from '../launch.ts';
import type { Rights } from './sandbox.ts';

/** What of a project no code that was proposed may read. */
const CLOSED = /^(?:\.git|\.env.*|\.ssh|\.npmrc|\.netrc)$/;

/**
 * What a confined worker may read: a builder the sources it is made of, and no data; a guest the
 * study's folder, but for git and files of secrets. Both the packages above the study.
 */
export async function rightsOf(
  role: WorkerRole,
  study: Study,
  {
    surroundings,
    launch,
  }: {
    readonly surroundings: { readonly sources: (study: Study) => Promise<readonly string[]> };
    readonly launch: Launch;
  },
): Promise<Rights> {
  const sources = await surroundings.sources(study);
  const own = role === 'guest' ? [...sources, ...(await openEntries(study.folder))] : sources;
  const packages = [study.folder, dirname(study.modelPath)].flatMap(packagesAbove);
  const { runtimeFolders, needs = { read: [], write: [] } } = launch;
  return {
    read: [...runtimeFolders, ...needs.read, ...packages, ...own],
    list: role === 'guest' ? [study.folder] : [],
    write: needs.write,
  };
}

/** Where Node looks for packages, and for what kind of module a file is. */
function packagesAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  const here = ['node_modules', 'package.json', 'tsconfig.json'].map((name) => join(folder, name));
  return above === folder ? here : [...here, ...packagesAbove(above)];
}

/** A rule of Landlock has no exceptions, so what is open is named. */
async function openEntries(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !CLOSED.test(name)).map((name) => resolve(folder, name));
}
