import { Worker } from 'node:worker_threads';
import type { MappedAttempt } from '../../show/views/architectureMap.ts';
import type { StudyMap } from '../../show/views/studyMap.ts';
import { mapFailedError } from './errors.ts';

/**
 * Makes the map of a study beside this thread; `workerPath` is the bundle of `worker.ts`. Rejects
 * with a `CortexError`.
 */
export function mapInThread(
  workerPath: string,
  attempts: readonly MappedAttempt[],
): Promise<StudyMap> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerPath, {
      workerData: attempts.map(({ id, fingerprint }) => ({ id, fingerprint })),
    });
    worker.once('message', resolve);
    worker.once('error', (cause) => {
      reject(mapFailedError(cause));
    });
    worker.once('exit', (code) => {
      if (code !== 0) reject(mapFailedError(new Error(`exit code ${code}`)));
    });
  });
}
