import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { languageOf } from '../../model/modelFile.ts';
import type { ObservingProgram } from '../../ports/observingProgram.ts';
import { observeScript, type Learned } from './observeScript.ts';

/** Where the parts are, and how long a run may take. */
export interface AttachPlace {
  /** Who runs the script and looks at it. */
  readonly observer: ObservingProgram;
  /** Folder of all that was attached: the data by their hash, a study file for each model. */
  readonly attachedFolder: string;
  /** The study file to write. */
  readonly studyFile: string;
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
export async function attachScript(
  { script, modelPath }: { readonly script: string; readonly modelPath: string },
  { observer, attachedFolder: folder, studyFile, seconds, signal }: AttachPlace,
): Promise<Attached> {
  const learned = await observeScript({ script, observer, folder, seconds, signal });
  await mkdir(dirname(studyFile), { recursive: true });
  const settings = { ...studyOf(learned), ...asModelFile(script, modelPath) };
  await writeFile(studyFile, `${JSON.stringify(settings, null, 2)}\n`);
  return { ...learned, script, studyFile };
}

const SEALED = 0.2;

/** The share that the script itself keeps for validation stays; a fifth is sealed. */
const studyOf = (learned: Learned): object => ({
  data: learned.data,
  epochs: learned.epochs,
  batchSize: learned.batchSize,
  split: { validation: learned.validation ?? SEALED, test: SEALED },
});

/** A Python model is built by running its script; others have their builder cut out of the file. */
const asModelFile = (script: string, modelPath: string): object =>
  languageOf(modelPath) === 'python'
    ? { script: relative(dirname(modelPath), script).split(sep).join('/') }
    : {};
