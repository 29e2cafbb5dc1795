import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';

/** What these lines of a log are read as. */
export function read(lines: readonly string[]): TrainingLog {
  const result = readTrainingLog(`${lines.join('\n')}\n`, 'a.log');
  if (!result.ok) throw result.error;
  return result.value;
}
