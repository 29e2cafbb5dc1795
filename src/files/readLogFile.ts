import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { throwIfAborted } from '../core/errors.ts';
import { createLogReader } from '../core/trainingLog/readTrainingLog.ts';
import type { LogReader } from '../core/trainingLog/readTrainingLog.ts';
import type { TrainingLog } from '../core/trainingLog/trainingLog.ts';
import { binaryLogError, fileAccessError, logNotFileError, noLogError } from './errors.ts';
import { statOrNull } from './system.ts';
import { encodingOf } from './textEncoding.ts';

/** Bytes read and parsed in one turn of the event loop: a few milliseconds of work. */
const SLICE = 128 * 1024;

/** How a log is read from disk. */
interface ReadLogOptions {
  /** At most so many bytes from its start. */
  readonly bytes?: number;
  readonly signal?: AbortSignal;
}

/** Reads a training log of any size in slices, so that a host stays responsive; rejects with what is wrong with it. */
export async function readLogFile(path: string, { bytes = Infinity, signal }: ReadLogOptions = {}): Promise<TrainingLog> {
  const stats = await statOrNull(path);
  if (!stats) throw noLogError(path);
  if (!stats.isFile()) throw logNotFileError(path);
  const file = await openLog(path);
  try {
    const reader = createLogReader(basename(path));
    await readSlices({ file, path, bytes, signal }, reader);
    const result = reader.finish();
    if (!result.ok) throw result.error;
    return result.value;
  } finally {
    await file.close();
  }
}

interface Source {
  readonly file: FileHandle;
  readonly path: string;
  readonly bytes: number;
  readonly signal: AbortSignal | undefined;
}

async function readSlices({ file, path, bytes, signal }: Source, reader: LogReader): Promise<void> {
  const buffer = new Uint8Array(SLICE);
  let decoder: TextDecoder | null = null;
  for (let position = 0; position < bytes; ) {
    throwIfAborted(signal, `Reading ${basename(path)}`);
    const { bytesRead } = await readSlice(file, path, { buffer, position });
    if (bytesRead === 0) break;
    const slice = buffer.subarray(0, bytesRead);
    decoder ??= decoderFor(slice, path);
    reader.push(decoder.decode(slice, { stream: true }));
    position += bytesRead;
    await nextTurn();
  }
  if (decoder) reader.push(decoder.decode());
}

function decoderFor(firstSlice: Uint8Array, path: string): TextDecoder {
  const encoding = encodingOf(firstSlice);
  if (encoding === null) throw binaryLogError(path);
  return new TextDecoder(encoding);
}

async function openLog(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw fileAccessError(path, 'read', error);
  }
}

async function readSlice(file: FileHandle, path: string, { buffer, position }: { buffer: Uint8Array; position: number }): Promise<{ bytesRead: number }> {
  try {
    return await file.read(buffer, 0, buffer.length, position);
  } catch (error) {
    throw fileAccessError(path, 'read', error);
  }
}
