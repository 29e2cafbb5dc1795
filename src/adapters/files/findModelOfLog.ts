import { dirname, join, resolve } from 'node:path';
import { CortexError } from '../../util/errors.ts';
import { modelOfLog, type ModelCandidate } from '../../study/logLinks.ts';
import { STUDY_FILE } from './findModelPath.ts';
import { findModels, hasMainName, listNames } from './findModels.ts';
import { headOf, mentions, namesOf } from './logGlance.ts';
import { readConfig } from './readConfig.ts';
import { readSource } from './readSource.ts';
import { statOrNull } from './system.ts';

/** How far above a log its model may lie. */
const LEVELS_UP = 4;
/** Folders in which a project keeps its models. */
const MODEL_FOLDERS = /^(?:src|models?|source|app|lib)$/i;

/**
 * The model file that a log is of, by study file, by what the log says, or by place (`modelOfLog`);
 * `null` where it cannot be told. Study files are looked for all the way up, models until a folder
 * has some.
 */
export async function findModelOfLog(logPath: string): Promise<string | null> {
  const text = await headOf(logPath);
  const candidates: ModelCandidate[] = [];
  let folder = dirname(logPath);
  for (let steps = 0; steps <= LEVELS_UP; steps += 1, folder = dirname(folder)) {
    const search = { logPath, text, steps };
    candidates.push(...(await configuredIn(folder, search)));
    if (candidates.length === 0) candidates.push(...(await candidatesIn(folder, search)));
    if (
      candidates.some(({ isConfigured }) => isConfigured) ||
      folder === dirname(folder) ||
      (await statOrNull(join(folder, '.git')))
    )
      break;
  }
  return modelOfLog(candidates);
}

interface Search {
  readonly logPath: string;
  readonly text: string;
  readonly steps: number;
}

async function candidatesIn(folder: string, search: Search): Promise<readonly ModelCandidate[]> {
  const below = (await listNames(folder))
    .filter((name) => MODEL_FOLDERS.test(name))
    .map((name) => join(folder, name));
  const beside = await modelsIn(folder, search);
  const inside = await Promise.all(
    below.map((path) => modelsIn(path, { ...search, steps: search.steps + 1 })),
  );
  return [...beside, ...inside.flat()];
}

async function modelsIn(
  folder: string,
  { text, steps }: Search,
): Promise<readonly ModelCandidate[]> {
  if ((await statOrNull(folder))?.isDirectory() !== true) return [];
  return Promise.all(
    (await findModels(folder)).map(async (name) => {
      const path = join(folder, name);
      return {
        path,
        steps,
        isConfigured: false,
        isNamed: mentions(text, namesOf(path, await readSource(path))),
        hasMainName: hasMainName(name),
      };
    }),
  );
}

/** A study file that cannot be read speaks of no log. */
async function configuredIn(
  folder: string,
  { logPath, steps }: Search,
): Promise<readonly ModelCandidate[]> {
  const path = join(folder, STUDY_FILE);
  if (!(await statOrNull(path))) return [];
  try {
    const { log, model } = await readConfig(path);
    const models = model === undefined ? await findModels(folder) : [model];
    if (log === undefined || resolve(folder, log) !== logPath) return [];
    return models.map((name) => ({
      path: resolve(folder, name),
      steps,
      isConfigured: true,
      isNamed: false,
      hasMainName: hasMainName(name),
    }));
  } catch (error) {
    if (error instanceof CortexError) return [];
    throw error;
  }
}
