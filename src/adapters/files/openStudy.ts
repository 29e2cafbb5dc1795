import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { Study } from '../../study/study.ts';
import { rowsPathOf } from '../../record/fileData.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import { findLog, findLogs, type Glances } from './findLog.ts';
import { locate, STUDY_FILE } from './findModelPath.ts';
import type { Located } from './findModelPath.ts';
import { findModels, hasMainName } from './findModels.ts';
import { readOwnIdeas } from './ownIdeas.ts';
import { withAttached } from './attachedStudy.ts';
import { readSource } from './readSource.ts';
import { branchSafe } from './studyName.ts';
import { statOrNull } from './system.ts';

/** What a person has chosen for a study beside its files. */
export interface StudyChoice {
  /**
   * Absolute path of the log that goes before the study file's and any that is found; one that is
   * gone is not missed.
   */
  readonly logPath?: string | null;
  /** The function that builds the model; goes before the study file's. */
  readonly builder?: string | undefined;
  /** The command that trains; goes before the study file's. */
  readonly train?: string | undefined;
  /** Who looks into the logs that may be the study's: a glance can take a tenth of a second. */
  readonly logs?: Glances;
}

/**
 * The study of a model file, a study file or a folder that holds one; without a `cortex.json` every
 * key has its default.
 */
export async function openStudy(path: string, choice: StudyChoice = {}): Promise<Study> {
  const located = await locate(path);
  const { modelPath, folder } = located;
  const stated = located.config === null ? [] : await keysStated(folder);
  const own = await withAttached(located.config, { modelPath, stated });
  const config = await withChoice(own.config, folder, choice);
  const logPath =
    config.log === undefined
      ? await findLog(modelPath, dataPathOf(located), choice.logs)
      : resolve(folder, config.log);
  const ideas = await readOwnIdeas(folder);
  return {
    name: await nameOf(located),
    modelPath,
    folder,
    logPath,
    config: withCounted(config),
    lengths: own.lengths,
    ...(ideas && { ideas }),
  };
}

/** Where nobody says what of a training counts, it is the mean of its tail; records say so. */
function withCounted(config: StudyConfig): StudyConfig {
  const { objective } = config;
  if ('metric' in objective) return { ...config, objective: { at: 'tail', ...objective } };
  const [first, ...others] = objective;
  return { ...config, objective: [{ at: 'tail', ...first }, ...others] };
}

/** The logs that may be a study's, the likeliest first; a person can choose among them. */
export async function logsOfStudy(path: string, logs?: Glances): Promise<readonly string[]> {
  const located = await locate(path);
  return findLogs(located.modelPath, dataPathOf(located), logs);
}

/** The keys of a study file that was read and found right. */
async function keysStated(folder: string): Promise<readonly string[]> {
  const text = await readSource(join(folder, STUDY_FILE));
  return Object.keys(JSON.parse(text.replace(/^\uFEFF/, '')) as object);
}

/** A chosen log counts as one that the study file names, in the same words: records keep it. */
async function withChoice(
  config: StudyConfig,
  folder: string,
  { logPath = null, builder, train }: StudyChoice,
): Promise<StudyConfig> {
  if (builder !== undefined) return withChoice({ ...config, builder }, folder, { logPath, train });
  if (train !== undefined) return withChoice({ ...config, train }, folder, { logPath });
  return logPath !== null && (await statOrNull(logPath))
    ? { ...config, log: relative(folder, logPath).split(sep).join('/') }
    : config;
}

/** The study's own table is no log, whatever it is called. */
function dataPathOf({ config, folder }: Located): string | null {
  const rows = rowsPathOf(config ?? {});
  return rows === null ? null : resolve(folder, rows);
}

/**
 * The name in the study file, else the folder's; with the file's where the folder has several
 * models and this is not the main one.
 */
async function nameOf({ modelPath, folder, config }: Located): Promise<string> {
  if (config?.name !== undefined) return branchSafe(config.name);
  const file = basename(modelPath);
  const isMain = config?.model !== undefined || (await isMainOf(dirname(modelPath), file));
  const own = isMain
    ? basename(folder)
    : `${basename(folder)}-${file.slice(0, -extname(file).length)}`;
  return branchSafe(own);
}

async function isMainOf(folder: string, file: string): Promise<boolean> {
  const models = await findModels(folder);
  return models.length < 2 || (hasMainName(file) && models.filter(hasMainName).length === 1);
}
