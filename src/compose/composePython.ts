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
export const pythonOf = async (
  { modelPath, folder }: Study,
  options: EngineOptions,
): Promise<string | null> => {
  if (languageOf(modelPath) !== 'python') return null;
  const framework = frameworkOf(
    codeOf(modelPath, await readFile(modelPath, 'utf8').catch(() => '')),
  );
  const choice = await pythonChoice(folder, options);
  return findPython({ folder, framework, ...choice }).catch(() => choice.named);
};
