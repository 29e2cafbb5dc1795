import type { FileHandle } from 'node:fs/promises';
import type { LogReaderOptions } from '../../log/readTrainingLog.ts';
import { LogBytes } from './logBytes.ts';
import { openLogFile } from './readLogFile.ts';
import { readSlices } from './logSlices.ts';
import { statOrNull } from './system.ts';

/**
 * So many of the last bytes that were read have to be there still: else the file was written anew.
 */
const WITNESS = 256;

/** A log as far as it was read, and where to go on. */
export interface Tail {
  readonly reader: LogBytes;
  readonly inode: number;
  readonly position: number;
  /** The bytes before `position`. */
  readonly witness: Uint8Array;
}

/** Reads a log from its start; rejects as reading does. */
export async function beginTail(path: string, choice: LogReaderOptions): Promise<Tail> {
  const file = await openLogFile(path);
  return readOn(file, path, () => ({ reader: new LogBytes(path, choice), position: 0 }));
}

/**
 * Reads what is new; all of it again where the file was replaced, cut or written anew; nothing
 * while it is gone.
 */
export async function growTail(path: string, tail: Tail, choice: LogReaderOptions): Promise<Tail> {
  const stats = await statOrNull(path);
  if (!stats || (stats.ino === tail.inode && stats.size === tail.position)) return tail;
  const file = await openIfThere(path);
  return file
    ? readOn(file, path, async (inode) =>
        inode === tail.inode && (await goesOn(file, tail))
          ? tail
          : { reader: new LogBytes(path, choice), position: 0 },
      )
    : tail;
}

type Place = Pick<Tail, 'reader' | 'position'>;

/** Reads what is new since `place`, and closes the file. */
async function readOn(
  file: FileHandle,
  path: string,
  place: (inode: number) => Place | Promise<Place>,
): Promise<Tail> {
  try {
    const { ino: inode } = await file.stat();
    const { reader, position: from } = await place(inode);
    const position =
      from + (await readSlices({ file, path, from, to: Infinity, signal: undefined }, reader));
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

const goesOn = async (file: FileHandle, { position, witness }: Tail): Promise<boolean> =>
  Buffer.compare(await bytesBefore(file, position), witness) === 0;

async function bytesBefore(file: FileHandle, position: number): Promise<Uint8Array> {
  const length = Math.min(WITNESS, position);
  const { buffer, bytesRead } = await file.read(
    new Uint8Array(length),
    0,
    length,
    position - length,
  );
  return buffer.subarray(0, bytesRead);
}
