/** Composition of what looks at users' training scripts; a part of compose.ts. */
import { dirname, join } from 'node:path';
import { attachedFolder, attachedStudyPath, hasData } from '../adapters/files/attachedStudy.ts';
import { pythonObserver } from '../adapters/python/pythonObserver.ts';
import { attachScript } from '../adapters/scripts/attachScript.ts';
import { findScript, requireScript } from '../adapters/scripts/findScript.ts';
import { javascriptObserver } from '../adapters/scripts/javascriptObserver.ts';
import type { Attached, Engine, Observing } from '../hosts/engine.ts';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import { languageOf } from '../model/modelFile.ts';
import type { ObservingProgram } from '../ports/observingProgram.ts';
import type { Study } from '../study/study.ts';
import { pythonChoice, pythonPlace } from './composePython.ts';

/** See {@link Engine.trainingScript}. */
export async function trainingScriptOf(study: Study): Promise<string | null> {
  const { modelPath } = study;
  if (await hasData(study)) return null;
  // A Python file that nothing trains is told so here; for a builder in TypeScript, the worker says
  // which data module it misses.
  return languageOf(modelPath) === 'python' ? requireScript(modelPath) : findScript(modelPath);
}

/** See {@link Engine.attach}. */
export const attachTo = async (
  { script, modelPath }: { readonly script: string; readonly modelPath: string },
  observing: Observing,
  options: EngineOptions,
): Promise<Attached> =>
  attachScript(
    { script, modelPath },
    {
      ...observing,
      observer: await observerOf(script, { modelPath, observing, options }),
      attachedFolder: attachedFolder(),
      studyFile: attachedStudyPath(modelPath),
    },
  );

async function observerOf(
  script: string,
  {
    modelPath,
    observing: { seconds },
    options,
  }: { modelPath: string; observing: Observing; options: EngineOptions },
): Promise<ObservingProgram> {
  if (languageOf(modelPath) === 'python') {
    const { pythonWorkerPath: workerPath, ...place } = pythonPlace(options);
    return pythonObserver(script, modelPath, {
      ...place,
      ...(await pythonChoice(dirname(modelPath), options)),
      workerPath,
      seconds,
    });
  }
  const { distFolder, nodePath } = options;
  return javascriptObserver(script, {
    nodePath,
    workerPath: join(distFolder, 'worker.cjs'),
    assetFolder: distFolder,
    attachedFolder: attachedFolder(),
  });
}
