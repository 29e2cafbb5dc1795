/**
 * Entry of the thread that looks at data: its own, because a table of a hundred thousand columns
 * takes seconds.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { CortexError } from '../../../util/errors.ts';
import type { Survey } from '../../../propose/start/survey.ts';
import { surveyData, type SurveyRequest } from './surveyData.ts';

/** What the thread answers: errors of ours as their parts. */
export type SurveyAnswer =
  | { readonly survey: Survey }
  | { readonly refused: Pick<CortexError, 'code' | 'kind' | 'happened' | 'expected' | 'remedy'> };

async function answer(request: SurveyRequest): Promise<SurveyAnswer> {
  try {
    return { survey: await surveyData(request) };
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    const { code, kind, happened, expected, remedy } = error;
    return { refused: { code, kind, happened, expected, remedy } };
  }
}

void answer(workerData as SurveyRequest).then((answered) => parentPort?.postMessage(answered));
