import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { UserModules } from '../modules/userModules.ts';
import { seedRuntime } from '../runtime/determinism.ts';
import { openTensorScope } from '../tensorScope.ts';
import type { Tf } from '../tf.ts';
import { CortexError } from '../../../util/errors.ts';
import { watchReads } from '../builder/readGuard.ts';
import { splitTable, type Seal } from './arrayData.ts';
import { readCsvTable } from './csvTable.ts';
import { dataFileMissing, dataForeign, dataNoTestPart } from './errors.ts';
import { readDataModule } from './moduleData.ts';
import type { StudyData } from './types.ts';

/** A study as the protocol names it. */
export interface StudyRef {
  readonly folder: string;
  readonly config: StudyConfig;
}

interface Entry {
  readonly key: string;
  readonly stamp: string;
  readonly files: ReadonlySet<string>;
  readonly data: StudyData;
}

const MODULE_NAMES = ['data.ts', 'data.js', 'data.mjs', 'data.mts', 'data.cjs'];
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

/**
 * Reads a study's data, and keeps the last one as long as its files and the settings that shape it
 * stay the same.
 */
export class StudyDataCache {
  readonly #tf: Tf;
  readonly #modules: UserModules;
  #entry: Entry | null = null;

  constructor(tf: Tf, modules: UserModules) {
    this.#tf = tf;
    this.#modules = modules;
  }

  /** The data with the test part sealed away. Rejects with an `input` error. */
  async sealed(study: StudyRef): Promise<StudyData> {
    const key = JSON.stringify([
      study.folder,
      study.config.data,
      study.config.task,
      study.config.split,
      study.config.preprocessing,
      study.config.batchSize,
    ]);
    if (this.#entry?.key === key && this.#entry.stamp === (await stampOf(this.#entry.files)))
      return this.#entry.data;
    const { data, files } = await this.#read(study, 'sealed');
    this.#entry = { key, files, data, stamp: await stampOf(files) };
    return data;
  }

  /** The same; `null` where the study names no data and none of Cortex's lies beside it. */
  async sealedIfAny(study: StudyRef): Promise<StudyData | null> {
    try {
      return await this.sealed(study);
    } catch (error) {
      const isNone =
        error instanceof CortexError && /^data-(file-missing|no-loader)$/.test(error.code);
      if (!isNone || study.config.data !== undefined) throw error;
      return null;
    }
  }

  /** The data with its test part; read anew each time and never kept. */
  async unsealed(study: StudyRef): Promise<StudyData> {
    const { data } = await this.#read(study, 'unsealed');
    if (data.kind === 'arrays' && !data.test) throw dataNoTestPart();
    return data;
  }

  /**
   * What is kept of the data is plain numbers; tensors the user's code made on the way are disposed
   * of.
   */
  async #read(study: StudyRef, seal: Seal): Promise<Pick<Entry, 'data' | 'files'>> {
    // A module that shuffles or makes up its data does so alike each time.
    seedRuntime(this.#tf, study.config.split.seed);
    const scope = openTensorScope(this.#tf);
    try {
      return await watchReads(
        () => this.#readIn(study, seal),
        ({ files }) => (typeof study.config.data === 'object' ? new Set() : files),
      );
    } finally {
      scope.close();
    }
  }

  async #readIn({ folder, config }: StudyRef, seal: Seal): Promise<Pick<Entry, 'data' | 'files'>> {
    if (typeof config.data === 'object') {
      const csv = resolve(folder, config.data.csv);
      const table = await readCsvTable({ ...config.data, csv });
      return { data: splitTable(table, config, seal), files: new Set([csv]) };
    }
    const path = dataModuleOf({ folder, config }) ?? join(folder, 'data.ts');
    return readDataModule({ tf: this.#tf, modules: this.#modules, path, config, seal });
  }
}

/** The module a study's data come from; `null` where they come from a table. */
export function dataModuleOf({ folder, config }: StudyRef): string | null {
  if (typeof config.data === 'object') return null;
  return config.data === undefined ? defaultModule(folder) : resolve(folder, config.data);
}

/** `loadData` among a file's exports, in any of the ways there are. */
const OWN =
  /^\s*export\s+(async\s+)?(function\s*\*?|const|let|var)\s+loadData\b|export\s*(default\s*)?\{[^}]*\bloadData\b|\bexports\b(\.loadData\b|\s*=\s*(\{[^}]*\b)?loadData\b)|\bexports\[|export\s+default\s+[\w$]+\s*;?\s*$|export\s+\*/m;

/** A module beside the model that has `loadData`; another `data.js` is not run. */
const defaultModule = (folder: string): string => {
  const paths = MODULE_NAMES.map((name) => join(folder, name));
  const there = paths.filter((path) => existsSync(path));
  const own = there.find((path) => OWN.test(readFileSync(path, 'utf8')));
  if (own !== undefined) return own;
  const [foreign] = there;
  throw foreign === undefined ? dataFileMissing(join(folder, 'data.ts')) : dataForeign(foreign);
};

/**
 * Size and time of every file the data may come from: those loaded as modules, and data files
 * beside them (a module reads those unseen).
 */
async function stampOf(files: ReadonlySet<string>): Promise<string> {
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

/** A confined guest may read what it is given, and no more: it lives for one variant anyway. */
function noneWhereRefused(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'EACCES') return [];
  throw error;
}

async function dataFilesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(noneWhereRefused);
  return names
    .filter((name) => DATA_EXTENSIONS.has(extname(name)))
    .map((name) => join(folder, name));
}
