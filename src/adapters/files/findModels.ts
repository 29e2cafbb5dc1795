import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILDER_NAMES, languageOf } from '../../model/modelFile.ts';
import { isNotebook } from '../../model/notebook.ts';
import { fileAccessError, LARGEST_MODEL } from './errors.ts';
import { CortexError } from '../../util/errors.ts';
import { readSource } from './readSource.ts';
import { statOrNull } from './system.ts';

const BUILDER = new RegExp(String.raw`\b(?:${BUILDER_NAMES.join('|')})\b`);
/** A file so named is the folder's model, whatever lies beside it. */
const MAIN_NAME = /^(?:model|build_?model)\.[cm]?[jt]sx?$|^(?:model|build_model)\.py$/i;

/**
 * Names of the model files of a folder: source that mentions a builder, sorted; tests, declarations
 * and notebooks left out.
 */
export async function findModels(folder: string): Promise<string[]> {
  const names = await listNames(folder);
  const sources = names.filter(
    (name) =>
      languageOf(name) !== null &&
      !isNotebook(name) &&
      !/\.(?:d|test|spec)\.[cm]?[jt]sx?$/i.test(name),
  );
  const mentions = await Promise.all(sources.map((name) => mentionsBuilder(join(folder, name))));
  return sources.filter((_, i) => mentions[i]).sort();
}

/** The file is called `model` or `build_model`, in any language. */
export const hasMainName = (name: string): boolean => MAIN_NAME.test(name);

/** Names in a folder, in no order. */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw fileAccessError(folder, 'read', error);
  }
}

async function mentionsBuilder(path: string): Promise<boolean> {
  const stats = await statOrNull(path);
  if (!stats?.isFile() || stats.size > LARGEST_MODEL) return false;
  return BUILDER.test(await sourceOrNothing(path));
}

/** What is no text is nobody's model, whatever its name ends in. */
async function sourceOrNothing(path: string): Promise<string> {
  try {
    return await readSource(path);
  } catch (error) {
    if (error instanceof CortexError && error.kind === 'input') return '';
    throw error;
  }
}
