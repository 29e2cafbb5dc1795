import { setTimeout as wait } from 'node:timers/promises';
import type { LogReaderOptions } from '../../log/readTrainingLog.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { joinParts, partsOfLog } from './logParts.ts';
import { beginTail, growTail } from './logTail.ts';
import type { Tail } from './logTail.ts';

/** How a growing log is followed. */
export interface FollowOptions extends LogReaderOptions {
  readonly signal: AbortSignal;
  /** Milliseconds between two looks at the file. */
  readonly interval?: number;
}

/**
 * The run of a log that is being written: as it is, then again after each addition that shows more
 * of it; `null` says that it shows no epoch yet. Only what is new is read; a file that was
 * replaced, cut or written anew (a rotated log, a table whose columns changed) is begun again. One
 * that is gone for a while is waited for. Of a TensorBoard folder the newest run is followed. Ends
 * when the signal aborts; rejects as reading does.
 */
export async function* followLog(
  path: string,
  { signal, interval = 500, ...choice }: FollowOptions,
): AsyncGenerator<TrainingLog | null> {
  let tails = await readOn(path, new Map(), choice);
  let shown: string | null = null;
  while (!signal.aborted) {
    const log = joinParts(
      path,
      [...tails.values()].map(({ reader }) => reader.peek()),
    );
    const now = log ? lastOf(log) : '';
    if (now !== shown) yield log;
    shown = now;
    await pause(interval, signal);
    if (!signal.aborted) tails = await readOn(path, tails, choice);
  }
}

/** Tells two looks at a log apart: run, epochs and the last value of each series. */
const lastOf = ({ run, epochs, series }: TrainingLog): string =>
  JSON.stringify([
    run.count,
    epochs.length,
    ...Object.values(series).map((values) => values.at(-1)),
  ]);

/** By the path of each part, in their order. */
type Tails = ReadonlyMap<string, Tail>;

/** Reads what is new in the parts of a log. */
async function readOn(path: string, tails: Tails, choice: LogReaderOptions): Promise<Tails> {
  const parts = await partsOfLog(path, [...tails.keys()]);
  const read = parts.map(async (part): Promise<[string, Tail]> => {
    const tail = tails.get(part);
    return [part, tail ? await growTail(part, tail, choice) : await beginTail(part, choice)];
  });
  return new Map(await Promise.all(read));
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
