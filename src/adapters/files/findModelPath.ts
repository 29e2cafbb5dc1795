import { basename, dirname, join, resolve } from 'node:path';
import { CortexError } from '../../util/errors.ts';
import { markedRegion } from '../../model/markedRegion.ts';
import { languageOf } from '../../model/modelFile.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import {
  missingPathError,
  noModelError,
  severalModelsError,
  unknownLanguageError,
} from './errors.ts';
import { findModels, hasMainName } from './findModels.ts';
import { readConfig } from './readConfig.ts';
import { readSource } from './readSource.ts';
import { statOrNull } from './system.ts';

/** Name of the study file. */
export const STUDY_FILE = 'cortex.json';

/** How far above a model file its study file may lie. */
const LEVELS_UP = 4;

/** A model file and the study file that speaks of it. */
export interface Located {
  readonly modelPath: string;
  /** Folder of the study file; the model's own without one. */
  readonly folder: string;
  /** `null` without a study file. */
  readonly config: StudyConfig | null;
}

/**
 * The model file that a path means: itself, the one a study file names, or the only one of a
 * folder.
 */
export const findModelPath = async (path: string): Promise<string> =>
  (await locate(path)).modelPath;

/** Finds model and study file from either of them or their folder. */
export async function locate(path: string): Promise<Located> {
  const absolute = resolve(path);
  const stats = await statOrNull(absolute);
  if (!stats) throw missingPathError(absolute);
  if (stats.isDirectory()) return inFolder(absolute);
  if (basename(absolute) === STUDY_FILE) return inFolder(dirname(absolute));
  await requireModel(absolute);
  return ofModel(absolute);
}

async function inFolder(folder: string): Promise<Located> {
  const config = await configIn(folder);
  const named = config?.model;
  const modelPath =
    named === undefined ? join(folder, await onlyModel(folder)) : resolve(folder, named);
  if (named !== undefined && !(await statOrNull(modelPath))) throw missingPathError(modelPath);
  await requireModel(modelPath);
  return { modelPath, folder, config };
}

/** In a language that is read, or with a region that is marked. */
async function requireModel(path: string): Promise<void> {
  if (languageOf(path) === null && markedRegion(await readSource(path)) === null)
    throw unknownLanguageError(path);
}

/** The study file beside the model, else one above it that names it. */
async function ofModel(modelPath: string): Promise<Located> {
  const beside = dirname(modelPath);
  const config = await configIn(beside);
  if (config)
    return {
      modelPath,
      folder: beside,
      config: forModel(config, resolve(beside, config.model ?? modelPath) === modelPath),
    };
  let folder = dirname(beside);
  for (
    let level = 0;
    level < LEVELS_UP && folder !== dirname(folder);
    level += 1, folder = dirname(folder)
  ) {
    const above = await configAbove(folder);
    if (above?.model !== undefined && resolve(folder, above.model) === modelPath)
      return { modelPath, folder, config: above };
  }
  return { modelPath, folder: beside, config: null };
}

/** What a study file says of its own model is not said of another one beside it. */
function forModel(config: StudyConfig, own: boolean): StudyConfig {
  if (own) return config;
  const {
    name: _name,
    log: _log,
    model: _model,
    builder: _builder,
    arguments: _arguments,
    ...shared
  } = config;
  return shared;
}

async function configIn(folder: string): Promise<StudyConfig | null> {
  const path = join(folder, STUDY_FILE);
  return (await statOrNull(path)) ? readConfig(path) : null;
}

/**
 * A study file further up may belong to something else: if it cannot be read, it does not speak of
 * this model.
 */
async function configAbove(folder: string): Promise<StudyConfig | null> {
  try {
    return await configIn(folder);
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    return null;
  }
}

async function onlyModel(folder: string): Promise<string> {
  const models = await findModels(folder);
  const main = models.filter(hasMainName);
  const [first] = main.length === 1 ? main : models;
  if (first === undefined) throw noModelError(folder);
  if (main.length !== 1 && models.length > 1) throw severalModelsError(folder, models);
  return first;
}
