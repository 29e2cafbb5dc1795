import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pairedRuns } from '../core/trainingLog/pairedRuns.ts';
import type { TrainingLog } from '../core/trainingLog/trainingLog.ts';
import { fileAccessError, logNotFileError } from './errors.ts';
import { readLogFile } from './readLogFile.ts';
import type { ReadLogOptions } from './readLogFile.ts';
import { statOrNull } from './system.ts';

/** Reads a training log, or a TensorBoard folder: its newest event file, or those of `train/` and `validation/` as one run. */
export async function readLog(path: string, options: ReadLogOptions = {}): Promise<TrainingLog> {
  const isFolder = (await statOrNull(path))?.isDirectory() ?? false;
  if (!isFolder) return readLogFile(path, options);
  const [own, train, validation] = await Promise.all([newestEvents(path), newestEvents(join(path, 'train')), newestEvents(join(path, 'validation'))]);
  const first = train ?? own ?? validation;
  if (first === null) throw logNotFileError(path);
  const log = await readLogFile(first, options);
  const paired = validation === null || first === validation ? log : pairedRuns(log, await readLogFile(validation, options));
  return { ...paired, source: basename(path) };
}

/** Names end in the second they were begun at, so the last one is the newest. */
async function newestEvents(folder: string): Promise<string | null> {
  if (!(await statOrNull(folder))?.isDirectory()) return null;
  try {
    const names = (await readdir(folder)).filter((name) => name.includes('.tfevents.')).sort();
    const last = names.at(-1);
    return last === undefined ? null : join(folder, last);
  } catch (error) {
    throw fileAccessError(folder, 'read', error);
  }
}
