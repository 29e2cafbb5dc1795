import type { FileHandle } from 'node:fs/promises';
import type { LogReaderOptions } from '../../log/readTrainingLog.ts';
import type { RunSpan } from '../../log/runs.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { logNotFileError, noLogError } from './logErrors.ts';
import { LogBytes } from './logBytes.ts';
import { statOrNull } from './system.ts';
import { readSlices, openLog } from './logSlices.ts';

/** How a log is read from disk. */
export interface ReadLogOptions extends LogReaderOptions {
  /** At most so many bytes from its start. */
  readonly bytes?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads a training log of any size in slices, so that a host stays responsive; rejects with what is
 * wrong with it.
 */
export async function readLogFile(
  path: string,
  { bytes = Infinity, signal, ...choice }: ReadLogOptions = {},
): Promise<TrainingLog> {
  const reader = new LogBytes(path, choice);
  await readInto(reader, path, { bytes, signal });
  const result = reader.finish();
  if (!result.ok) throw result.error;
  return result.value;
}

/** Every run of a log, whichever is read; rejects as reading does. */
export async function readRuns(
  path: string,
  choice: LogReaderOptions,
): Promise<readonly RunSpan[]> {
  const reader = new LogBytes(path, choice);
  await readInto(reader, path);
  reader.finish();
  return reader.runs();
}

/**
 * Hands a log to a reader from its start, at most so many bytes; rejects where it cannot be opened
 * or read.
 */
export async function readInto(
  reader: Pick<LogBytes, 'push'>,
  path: string,
  {
    bytes = Infinity,
    signal,
  }: { readonly bytes?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const file = await openLogFile(path);
  try {
    await readSlices({ file, path, from: 0, to: bytes, signal }, reader);
  } finally {
    await file.close();
  }
}

/** Opens a log; rejects where it is missing, no file, or not to be read. */
export async function openLogFile(path: string): Promise<FileHandle> {
  const stats = await statOrNull(path);
  if (!stats) throw noLogError(path);
  if (!stats.isFile()) throw logNotFileError(path);
  return openLog(path);
}
