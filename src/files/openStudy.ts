import { basename, dirname, extname, resolve } from 'node:path';
import type { Study } from '../core/study/study.ts';
import { studyConfigSchema } from '../core/study/studyConfig.ts';
import { findLog } from './findLog.ts';
import { locate } from './findModelPath.ts';
import type { Located } from './findModelPath.ts';
import { findModels, hasMainName } from './findModels.ts';
import { branchSafe } from './studyName.ts';

/** The study of a model file, a study file or a folder that holds one; without a `cortex.json` every key has its default. */
export async function openStudy(path: string): Promise<Study> {
  const located = await locate(path);
  const config = located.config ?? studyConfigSchema.parse({});
  const { modelPath, folder } = located;
  const logPath = config.log === undefined ? await findLog(dirname(modelPath), dataPathOf(located)) : resolve(folder, config.log);
  return { name: await nameOf(located), modelPath, folder, logPath, config };
}

/** The study's own table is no log, whatever it is called. */
const dataPathOf = ({ config, folder }: Located): string | null =>
  typeof config?.data === 'object' ? resolve(folder, config.data.csv) : null;

/** The name in the study file, else the folder's; with the file's where the folder has several models and this is not the main one. */
async function nameOf({ modelPath, folder, config }: Located): Promise<string> {
  if (config?.name !== undefined) return branchSafe(config.name);
  const file = basename(modelPath);
  const isMain = config?.model !== undefined || (await isMainOf(dirname(modelPath), file));
  const own = isMain ? basename(folder) : `${basename(folder)}-${file.slice(0, -extname(file).length)}`;
  return branchSafe(own);
}

async function isMainOf(folder: string, file: string): Promise<boolean> {
  const models = await findModels(folder);
  return models.length < 2 || (hasMainName(file) && models.filter(hasMainName).length === 1);
}
