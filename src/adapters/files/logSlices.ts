import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../../util/errors.ts';
import { fileAccessError } from './errors.ts';
import type { LogBytes } from './logBytes.ts';

/** Bytes read and parsed in one turn of the event loop: a few milliseconds of work. */
const SLICE = 512 * 1024;

/** Where slices are read from. */
interface Source {
  readonly file: FileHandle;
  readonly path: string;
  /** First byte, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads on to the end of a file, giving way to others between two slices; how many bytes there
 * were.
 */
export async function readSlices(
  { file, path, from, to, signal }: Source,
  reader: Pick<LogBytes, 'push'>,
): Promise<number> {
  const buffer = new Uint8Array(SLICE);
  let position = from;
  while (position < to) {
    throwIfAborted(signal, `Reading ${basename(path)}`);
    const { bytesRead } = await readSlice(file, path, { buffer, position });
    if (bytesRead === 0) break;
    reader.push(buffer.subarray(0, Math.min(bytesRead, to - position)));
    position += bytesRead;
    await nextTurn();
  }
  return Math.min(position, to) - from;
}

/** Opens a log for reading; rejects with a `CortexError` where that is not allowed. */
export async function openLog(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw fileAccessError(path, 'read', error);
  }
}

async function readSlice(
  file: FileHandle,
  path: string,
  { buffer, position }: { buffer: Uint8Array; position: number },
): Promise<{ bytesRead: number }> {
  try {
    return await file.read(buffer, 0, buffer.length, position);
  } catch (error) {
    throw fileAccessError(path, 'read', error);
  }
}
