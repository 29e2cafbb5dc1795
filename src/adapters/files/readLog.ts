import type { TrainingLog } from '../../log/trainingLog.ts';
import { joinParts, partsOfLog } from './logParts.ts';
import { readLogFile } from './readLogFile.ts';
import type { ReadLogOptions } from './readLogFile.ts';

/** Reads a training log, or a TensorBoard folder as one run; rejects with what is wrong with it. */
export async function readLog(path: string, options: ReadLogOptions = {}): Promise<TrainingLog> {
  const [first = path, ...more] = await partsOfLog(path);
  const log = await readLogFile(first, options);
  return (
    joinParts(path, [
      log,
      ...(await Promise.all(more.map((part) => readLogFile(part, options)))),
    ]) ?? log
  );
}
