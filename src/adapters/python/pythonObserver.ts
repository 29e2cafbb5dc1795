import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../../model/notebook.ts';
import { frameworkOf, importsTensorFlow } from '../../model/pythonFramework.ts';
import type { ObservingProgram } from '../../ports/observingProgram.ts';
import type { PythonChoice } from './candidates.ts';
import { findPython } from './findPython.ts';

/** Where the Python worker is, and where it may keep things. */
export interface ObserverPlace extends PythonChoice {
  /** `main.py` of the worker. */
  readonly workerPath: string;
  /** A folder of Cortex's own, for the data. */
  readonly attachedFolder: string;
  readonly compiledFolder: string;
  readonly seconds: number;
}

/** How the Python worker is started to look at a script of a model file. */
export async function pythonObserver(
  script: string,
  modelPath: string,
  { workerPath, attachedFolder, compiledFolder, named, chosen, seconds }: ObserverPlace,
): Promise<ObservingProgram> {
  const texts = [modelPath, script].map(async (path) => codeOf(path, await readFile(path, 'utf8')));
  const text = (await Promise.all(texts)).join('\n');
  const framework = frameworkOf(text);
  const flags = ['-B', workerPath, '--observe', framework, String(seconds), attachedFolder];
  return {
    program: await findPython({ folder: dirname(modelPath), framework, named, chosen }),
    arguments: (answerPath) => [...flags, answerPath, script],
    environment: {
      ...process.env,
      PYTHONSAFEPATH: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      CORTEX_COMPILED: join(compiledFolder, framework),
      ...(importsTensorFlow(text) && { CORTEX_BACKEND: 'tensorflow' }),
    },
  };
}
