import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Study } from '../../study/study.ts';
import type { WorkerRole } from '../workerProcess.ts';
import type { Launch } from '../launch.ts';
import type { Rights } from './sandbox.ts';

/** What of a project no code that was proposed may read. */
const CLOSED = /^(?:\.git|\.env.*|\.ssh|\.npmrc|\.netrc)$/;

/**
 * What a confined worker may read: a builder the sources it is made of and what lies beside them,
 * but no data; a guest the study's folder. Both the packages above it, and neither git nor files of
 * secrets.
 */
export async function rightsOf(
  role: WorkerRole,
  study: Study,
  {
    sources,
    launch,
  }: {
    readonly sources: readonly string[];
    readonly launch: Launch;
  },
): Promise<Rights> {
  const entries = await openEntries(study.folder);
  const own =
    role === 'guest' ? [...entries, ...namedData(study)] : await withoutData(entries, study);
  const packages = [study.folder, dirname(study.modelPath)].flatMap(packagesAbove);
  const { runtimeFolders, needs = { read: [], write: [] } } = launch;
  return {
    read: [...runtimeFolders, ...needs.read, ...packages, ...sources, ...own],
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

/** What a data module may read its rows from. */
const DATA = /\.(?:csv|tsv|jsonl?|npy|npz|bin|gz|zip|parquet|arrow|feather|pkl|h5|txt|db|sqlite)$/i;

/**
 * Of a folder, what a builder may read: where the data are a table, everything but that file under
 * any of its names; where a module makes them, no other folder and no file that may hold rows.
 */
async function withoutData(
  entries: readonly string[],
  { folder, config }: Study,
): Promise<readonly string[]> {
  const table = typeof config.data === 'object' ? resolve(folder, config.data.csv) : null;
  const closed = table === null ? null : (await stat(table)).ino;
  const kept = await Promise.all(
    entries.map(async (path) => {
      const found = await lstat(path);
      if (closed !== null) return found.isSymbolicLink() || found.ino === closed ? [] : [path];
      return found.isFile() && !DATA.test(path) ? [path] : [];
    }),
  );
  return kept.flat();
}

/** Files that the study's configuration names as its data, wherever they lie. */
const namedData = ({ folder, config: { data } }: Study): readonly string[] =>
  (typeof data === 'object' ? Object.values(data) : [data]).flatMap((value: unknown) =>
    typeof value === 'string' && value !== '' ? [resolve(folder, value)] : [],
  );

/** A rule of Landlock has no exceptions, so what is open is named. */
async function openEntries(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !CLOSED.test(name)).map((name) => resolve(folder, name));
}
