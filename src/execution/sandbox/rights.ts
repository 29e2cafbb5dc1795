import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Study } from '../../study/study.ts';
import { ALIAS_FILES } from '../../util/pathAliases.ts';
import type { Launch } from '../launch.ts';
import { savedModels } from './savedModels.ts';

/** What a confined program is left. */
export interface Rights {
  /** Where the program works, whatever it may read there. */
  readonly folder: string;
  /** Files and folders it may read and execute. */
  readonly read: readonly string[];
  /** Folders whose entries it may name, without reading them. */
  readonly list: readonly string[];
  /** Folders it may write to. */
  readonly write: readonly string[];
}

/** What of a project no code that was proposed may read. */
const CLOSED = /^(?:\.git|\.env.*|\.ssh|\.npmrc|\.netrc)$/;

/**
 * What a confined worker may read: the sources a variant is made of and what lies beside them, but
 * no data; the packages above it; and neither git nor files of secrets.
 */
export async function rightsOf(
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
  const own = await withoutData(entries, study);
  const saved = await savedModels(study.folder, [study.modelPath, ...sources]);
  const packages = [study.folder, dirname(study.modelPath)].flatMap(packagesAbove);
  const { runtimeFolders, needs = { read: [], write: [] } } = launch;
  return {
    folder: study.folder,
    read: [...runtimeFolders, ...needs.read, ...packages, ...sources, ...own, ...saved],
    list: [],
    write: needs.write,
  };
}

/** Where Node looks for packages, for what kind of module a file is, and for names of folders. */
function packagesAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  const here = ['node_modules', ...ALIAS_FILES].map((name) => join(folder, name));
  return above === folder ? here : [...here, ...packagesAbove(above)];
}

/** What a data module may read its rows from. */
const DATA = /\.(?:csv|tsv|jsonl?|npy|npz|bin|gz|zip|parquet|arrow|feather|pkl|h5|txt|db|sqlite)$/i;

/**
 * Of a folder, what a variant may read: where the data are tables, everything but those files under
 * any of their names; where a module makes them, no other folder and no file that may hold rows.
 */
async function withoutData(
  entries: readonly string[],
  { folder, config }: Study,
): Promise<readonly string[]> {
  const tables = typeof config.data === 'object' ? Object.values(config.data) : null;
  const closed = tables && (await Promise.all(tables.map((name) => fileOf(folder, name))));
  const kept = await Promise.all(
    entries.map(async (path) => {
      const found = await lstat(path);
      if (closed) return found.isSymbolicLink() || closed.includes(found.ino) ? [] : [path];
      return found.isFile() && !DATA.test(path) ? [path] : [];
    }),
  );
  return kept.flat();
}

/** The number of a file, whatever its name; `null` where the setting names none. */
async function fileOf(folder: string, setting: unknown): Promise<number | null> {
  if (typeof setting !== 'string') return null;
  try {
    return (await stat(resolve(folder, setting))).ino;
  } catch {
    return null;
  }
}

/** A rule of Landlock has no exceptions, so what is open is named. */
async function openEntries(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !CLOSED.test(name)).map((name) => resolve(folder, name));
}
