import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import { DATA_MODULES, hasLoader } from '../../../study/dataModule.ts';
import { dataFileMissing, dataForeign } from './errors.ts';

const DATA_EXTENSIONS = new Set([
  '.csv',
  '.tsv',
  '.json',
  '.npy',
  '.npz',
  '.bin',
  '.gz',
  '.parquet',
  '.txt',
]);

/** The module a study's data come from; `null` where they come from a table. */
export function dataModuleOf({ folder, config }: StudyRef): string | null {
  if (typeof config.data === 'object') return null;
  return config.data === undefined ? defaultModule(folder) : resolve(folder, config.data);
}

/** A module beside the model that has `loadData`; another `data.js` is not run. */
const defaultModule = (folder: string): string => {
  const paths = DATA_MODULES.map((name) => join(folder, name));
  const there = paths.filter((path) => existsSync(path));
  const own = there.find((path) => hasLoader(readFileSync(path, 'utf8')));
  if (own !== undefined) return own;
  const [foreign] = there;
  throw foreign === undefined ? dataFileMissing(join(folder, 'data.ts')) : dataForeign(foreign);
};

/**
 * Size and time of every file the data may come from: those loaded as modules, and data files
 * beside them (a module reads those unseen).
 */
export async function stampOf(files: ReadonlySet<string>): Promise<string> {
  const folders = new Set([...files].map((file) => dirname(file)));
  const beside = await Promise.all([...folders].map((folder) => dataFilesIn(folder)));
  const all = [...new Set([...files, ...beside.flat()])].sort();
  const stamps = await Promise.all(
    all.map((file) =>
      stat(file, { bigint: true }).then(
        ({ size, mtimeNs }) => `${file}:${size}:${mtimeNs}`,
        () => `${file}:gone`,
      ),
    ),
  );
  return stamps.join('\n');
}

async function dataFilesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(noneWhereRefused);
  return names
    .filter((name) => DATA_EXTENSIONS.has(extname(name)))
    .map((name) => join(folder, name));
}

/** A study as the protocol names it. */
export interface StudyRef {
  readonly folder: string;
  readonly config: StudyConfig;
}

/** A confined guest may read what it is given, and no more: it lives for one variant anyway. */
function noneWhereRefused(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'EACCES') return [];
  throw error;
}
