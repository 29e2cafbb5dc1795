import { Worker } from 'node:worker_threads';
import type { Survey } from '../../../propose/start/survey.ts';
import { CortexError, throwIfAborted } from '../../../util/errors.ts';
import { surveyFailed } from './dataErrors.ts';
import type { SurveyRequest } from './surveyData.ts';
import type { SurveyAnswer } from './surveyWorker.ts';

/**
 * Looks at data beside this thread; `workerPath` is the bundle of `surveyWorker.ts`. Rejects with a
 * `CortexError`.
 */
export async function surveyInThread(
  workerPath: string,
  request: SurveyRequest,
  signal: AbortSignal,
): Promise<Survey> {
  throwIfAborted(signal, 'Looking at the data');
  const worker = new Worker(workerPath, { workerData: request });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    const answer = await answerOf(worker);
    if ('refused' in answer) throw new CortexError(answer.refused);
    return answer.survey;
  } catch (cause) {
    throwIfAborted(signal, 'Looking at the data');
    throw cause instanceof CortexError ? cause : surveyFailed(request.path, cause);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const answerOf = (worker: Worker): Promise<SurveyAnswer> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`exit code ${code}`));
    });
  });
