import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { frameworkOf, importsTensorFlow } from '../../model/pythonFramework.ts';
import { noScript } from './errors.ts';
import { findPython } from './findPython.ts';
import { findScript } from './findScript.ts';
import { observeScript, type Learned } from './observeScript.ts';

/** Where the parts are, and how long a run may take. */
export interface AttachPlace {
  /** `main.py` of the worker. */
  readonly workerPath: string;
  /** Folder of all that was attached: the data by their hash, a study file for each model. */
  readonly attachedFolder: string;
  /** The study file to write. */
  readonly studyFile: string;
  readonly compiledFolder: string;
  readonly named: string | null;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** What was learned, and from which script. */
export interface Attached extends Learned {
  readonly script: string;
  /** The study file that was written, in a folder of Cortex's own. */
  readonly studyFile: string;
}

/** Learns from one run of the user's script what it trains, and keeps it as a study file. */
export async function attachScript(modelPath: string, place: AttachPlace): Promise<Attached> {
  const script = await findScript(modelPath);
  if (script === null) throw noScript(modelPath);
  const folder = dirname(modelPath);
  const text = `${await readFile(modelPath, 'utf8')}\n${await readFile(script, 'utf8')}`;
  const framework = frameworkOf(text);
  const learned = await observeScript({
    script,
    python: await findPython({ folder, framework, named: place.named }),
    workerPath: place.workerPath,
    folder: place.attachedFolder,
    compiledFolder: place.compiledFolder,
    seconds: place.seconds,
    framework,
    backend: importsTensorFlow(text) ? 'tensorflow' : null,
    signal: place.signal,
  });
  const { studyFile } = place;
  await mkdir(dirname(studyFile), { recursive: true });
  const named = relative(folder, script).split(sep).join('/');
  await writeFile(studyFile, `${JSON.stringify(studyOf(learned, named), null, 2)}\n`);
  return { ...learned, script, studyFile };
}

const SEALED = 0.2;

/** The share that the script itself keeps for validation stays; a fifth is sealed. */
const studyOf = (learned: Learned, script: string): object => ({
  script,
  data: learned.data,
  epochs: learned.epochs,
  batchSize: learned.batchSize,
  split: { validation: learned.validation ?? SEALED, test: SEALED },
});
