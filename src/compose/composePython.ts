/** Composition of what Python model files need; a part of compose.ts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachedFolder, attachedStudyPath, hasData } from '../adapters/files/attachedStudy.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import { attachScript } from '../adapters/python/attachScript.ts';
import { findPython } from '../adapters/python/findPython.ts';
import type { PythonPlace } from '../execution/pythonLaunch.ts';
import type { Attached, Observing } from '../hosts/engine.ts';
import type { EngineOptions } from '../hosts/engineOptions.ts';
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

/** Attaches a script where nothing else says what a Python study is trained on. */
export const attachTo = async (
  study: Study,
  { seconds, signal }: Observing,
  { distFolder, python }: EngineOptions,
): Promise<Attached | null> => {
  const { pythonWorkerPath: workerPath, ...place } = pythonPlace(distFolder, python);
  if (languageOf(study.modelPath) !== 'python' || (await hasData(study))) return null;
  const studyFile = attachedStudyPath(study.modelPath);
  const named = python || null;
  return attachScript(study.modelPath, { ...place, workerPath, studyFile, named, seconds, signal });
};
