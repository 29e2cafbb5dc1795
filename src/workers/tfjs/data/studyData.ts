import { join } from 'node:path';
import type { UserModules } from '../modules/userModules.ts';
import { seedRuntime } from '../runtime/determinism.ts';
import { openTensorScope } from '../tensorScope.ts';
import type { Tf } from '../tf.ts';
import { CortexError } from '../../../util/errors.ts';
import { watchReads } from '../builder/readGuard.ts';
import { type Seal } from './arrayData.ts';
import { readFileData } from './files/readFileData.ts';
import { dataNoTestPart } from './errors.ts';
import { readDataModule } from './moduleData.ts';
import type { StudyData } from './types.ts';
import { dataModuleOf, stampOf } from './dataFiles.ts';
import type { StudyRef } from './dataFiles.ts';

interface Entry {
  readonly key: string;
  readonly stamp: string;
  readonly files: ReadonlySet<string>;
  readonly data: StudyData;
}

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
    if (typeof config.data === 'object')
      return readFileData({ tf: this.#tf, folder, config, data: config.data, seal });
    const path = dataModuleOf({ folder, config }) ?? join(folder, 'data.ts');
    return readDataModule({ tf: this.#tf, modules: this.#modules, path, config, seal });
  }
}
