import { setTimeout as wait } from 'node:timers/promises';
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

/**
 * The run of a log that is being written: as it is, then again after each addition that shows more of it. Only what is new is
 * read; a file that was replaced or cut (a rotated log) is begun again. Ends when the signal aborts; rejects as reading does.
 */
export async function* followLog(path: string, { signal, interval = 500, ...choice }: FollowOptions): AsyncGenerator<TrainingLog> {
  let tail: Tail | null = null;
  let shown = '';
  while (!signal.aborted) {
    tail = await grow(path, tail, choice);
    const log = tail.reader.peek();
    const now = log ? `${log.run.count} ${log.epochs.length} ${JSON.stringify(Object.values(log.series).map((values) => values.at(-1)))}` : '';
    if (log && now !== shown) yield log;
    shown = now;
    await pause(interval, signal);
  }
}

interface Tail {
  readonly reader: LogBytes;
  readonly inode: number;
  position: number;
}

async function grow(path: string, tail: Tail | null, choice: LogReaderOptions): Promise<Tail> {
  const stats = await statOrNull(path);
  const same = tail && stats && stats.ino === tail.inode && stats.size >= tail.position ? tail : null;
  if (same && stats?.size === same.position) return same;
  const file = await openLogFile(path);
  try {
    const next = same ?? { reader: new LogBytes(path, choice), inode: (await file.stat()).ino, position: 0 };
    next.position += await readSlices({ file, path, from: next.position, to: Infinity, signal: undefined }, next.reader);
    return next;
  } finally {
    await file.close();
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
