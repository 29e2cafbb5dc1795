import { setTimeout as wait } from 'node:timers/promises';
import type { FileHandle } from 'node:fs/promises';
import type { LogReaderOptions } from '../core/trainingLog/readTrainingLog.ts';
import type { TrainingLog } from '../core/trainingLog/trainingLog.ts';
import { LogBytes } from './logBytes.ts';
import { openLogFile, readSlices } from './readLogFile.ts';
import { statOrNull } from './system.ts';

/** How a growing log is followed. */
export interface FollowOptions extends LogReaderOptions {
  readonly signal: AbortSignal;
  /** Milliseconds between two looks at the file. */
  readonly interval?: number;
}

/** So many of the last bytes that were read have to be there still: else the file was written anew. */
const WITNESS = 256;

/**
 * The run of a log that is being written: as it is, then again after each addition that shows more of it. Only what is new is
 * read; a file that was replaced, cut or written anew (a rotated log, a table whose columns changed) is begun again, and `null`
 * says that it shows no epoch yet. One that is gone for a while is waited for. Ends when the signal aborts; rejects as reading does.
 */
export async function* followLog(path: string, { signal, interval = 500, ...choice }: FollowOptions): AsyncGenerator<TrainingLog | null> {
  let tail = await begin(path, choice);
  let shown = '';
  while (!signal.aborted) {
    const log = tail.reader.peek();
    const now = log ? `${log.run.count} ${log.epochs.length} ${JSON.stringify(Object.values(log.series).map((values) => values.at(-1)))}` : '';
    if (now !== shown) yield log;
    shown = now;
    await pause(interval, signal);
    if (!signal.aborted) tail = await grow(path, tail, choice);
  }
}

interface Tail {
  readonly reader: LogBytes;
  readonly inode: number;
  readonly position: number;
  /** The bytes before `position`. */
  readonly witness: Uint8Array;
}

async function begin(path: string, choice: LogReaderOptions): Promise<Tail> {
  const file = await openLogFile(path);
  return readOn(file, path, () => ({ reader: new LogBytes(path, choice), position: 0 }));
}

async function grow(path: string, tail: Tail, choice: LogReaderOptions): Promise<Tail> {
  const stats = await statOrNull(path);
  if (!stats || (stats.ino === tail.inode && stats.size === tail.position)) return tail;
  const file = await openIfThere(path);
  return file ? readOn(file, path, async (inode) => (inode === tail.inode && (await goesOn(file, tail)) ? tail : { reader: new LogBytes(path, choice), position: 0 })) : tail;
}

type Place = Pick<Tail, 'reader' | 'position'>;

/** Reads what is new since `place`, and closes the file. */
async function readOn(file: FileHandle, path: string, place: (inode: number) => Place | Promise<Place>): Promise<Tail> {
  try {
    const { ino: inode } = await file.stat();
    const { reader, position: from } = await place(inode);
    const position = from + (await readSlices({ file, path, from, to: Infinity, signal: undefined }, reader));
    return { reader, inode, position, witness: await bytesBefore(file, position) };
  } finally {
    await file.close();
  }
}

/** A log that is being rotated may go between two looks. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await openLogFile(path);
  } catch (error) {
    if (await statOrNull(path)) throw error;
    return null;
  }
}

const goesOn = async (file: FileHandle, { position, witness }: Tail): Promise<boolean> => Buffer.compare(await bytesBefore(file, position), witness) === 0;

async function bytesBefore(file: FileHandle, position: number): Promise<Uint8Array> {
  const length = Math.min(WITNESS, position);
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, position - length);
  return buffer.subarray(0, bytesRead);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
