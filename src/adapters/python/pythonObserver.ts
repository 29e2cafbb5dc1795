import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { frameworkOf, importsTensorFlow } from '../../model/pythonFramework.ts';
import type { ObservingProgram } from '../../ports/observingProgram.ts';
import { findPython } from './findPython.ts';

/** Where the Python worker is, and where it may keep things. */
export interface ObserverPlace {
  /** `main.py` of the worker. */
  readonly workerPath: string;
  /** A folder of Cortex's own, for the data. */
  readonly attachedFolder: string;
  readonly compiledFolder: string;
  /** The interpreter that the user names. */
  readonly named: string | null;
  readonly seconds: number;
}

/** How the Python worker is started to look at a script of a model file. */
export async function pythonObserver(
  script: string,
  modelPath: string,
  { workerPath, attachedFolder, compiledFolder, named, seconds }: ObserverPlace,
): Promise<ObservingProgram> {
  const text = `${await readFile(modelPath, 'utf8')}\n${await readFile(script, 'utf8')}`;
  const framework = frameworkOf(text);
  const flags = ['-B', workerPath, '--observe', framework, String(seconds), attachedFolder];
  return {
    program: await findPython({ folder: dirname(modelPath), framework, named }),
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
