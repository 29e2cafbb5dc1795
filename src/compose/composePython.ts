/** Composition of what Python model files need; a part of compose.ts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachedFolder } from '../adapters/files/attachedStudy.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import { findPython } from '../adapters/python/findPython.ts';
import type { PythonPlace } from '../execution/pythonLaunch.ts';
import { frameworkOf } from '../model/pythonFramework.ts';
import { languageOf } from '../model/modelFile.ts';
import type { Study } from '../study/study.ts';

/** Where the Python worker is, and who finds an interpreter for it. */
export const pythonPlace = (distFolder: string, named: string | undefined): PythonPlace => ({
  pythonWorkerPath: join(distFolder, 'python', 'main.py'),
  compiledFolder: join(cacheFolder(), 'compiled'),
  attachedFolder: attachedFolder(),
  findPython: (folder, framework) => findPython({ folder, framework, named: named || null }),
});

/** The interpreter that a project's Python files train with; `null` where it has none. */
export const pythonOf = async (
  { modelPath, folder }: Study,
  named: string | undefined,
): Promise<string | null> => {
  if (languageOf(modelPath) !== 'python') return null;
  const framework = frameworkOf(await readFile(modelPath, 'utf8').catch(() => ''));
  return findPython({ folder, framework, named: named || null }).catch(() => named || null);
};
