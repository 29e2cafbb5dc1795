/** Composition of what Python model files need; a part of compose.ts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachedFolder } from '../adapters/files/attachedStudy.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import type { PythonChoice } from '../adapters/python/candidates.ts';
import { findPython } from '../adapters/python/findPython.ts';
import type { PythonPlace } from '../execution/pythonLaunch.ts';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import { frameworkOf } from '../model/pythonFramework.ts';
import { languageOf } from '../model/modelFile.ts';
import { codeOf } from '../model/notebook.ts';
import type { Study } from '../study/study.ts';
import { CortexError } from '../util/errors.ts';

/** What the user has said about interpreters for a folder. */
export const pythonChoice = async (
  folder: string,
  { python, activePython }: Pick<EngineOptions, 'python' | 'activePython'>,
): Promise<PythonChoice> => ({
  named: python || null,
  chosen: python ? null : ((await activePython?.(folder)) ?? null),
});

/** Where the Python worker is, and who finds an interpreter for it. */
export const pythonPlace = (options: EngineOptions): PythonPlace => ({
  pythonWorkerPath: join(options.distFolder, 'python', 'main.py'),
  compiledFolder: join(cacheFolder(), 'compiled'),
  attachedFolder: attachedFolder(),
  findPython: async (folder, framework) =>
    findPython({ folder, framework, ...(await pythonChoice(folder, options)) }),
});

/** The interpreter that a project's Python files train with; `null` where it has none. */
export const pythonOf = async (study: Study, options: EngineOptions): Promise<string | null> => {
  if (languageOf(study.modelPath) !== 'python') return null;
  return searchPython(study, options).catch(
    async () => (await pythonChoice(study.folder, options)).named,
  );
};

/** What a Python file lacks to be trained here, in a clause; `null` where it lacks nothing. */
export async function lackOf(study: Study, options: EngineOptions): Promise<string | null> {
  if (languageOf(study.modelPath) !== 'python' || study.config.train !== undefined) return null;
  try {
    await searchPython(study, options);
    return null;
  } catch (error) {
    if (error instanceof CortexError) return error.happened;
    throw error;
  }
}

async function searchPython({ modelPath, folder }: Study, options: EngineOptions): Promise<string> {
  const text = await readFile(modelPath, 'utf8').catch(() => '');
  const framework = frameworkOf(codeOf(modelPath, text));
  return findPython({ folder, framework, ...(await pythonChoice(folder, options)) });
}
