import type { Attempt } from '../record/attempt.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { StudySession } from './studySession.ts';
import { diagnose } from '../log/diagnose.ts';
import type { Diagnosis } from '../log/diagnosis.ts';
import { logOfTrials } from '../log/logOfTrials.ts';
import type { TrainingLog } from '../log/trainingLog.ts';

/**
 * The diagnosis the next proposal answers: the user's own log while the search stands at the
 * baseline, the attempt's own training otherwise (and where there is no log).
 */
export async function readDiagnosis(
  session: StudySession,
  parent: AttemptSummary,
): Promise<Diagnosis> {
  const log = parent.verdict === 'baseline' ? await session.log() : null;
  if (log) return diagnose(log);
  return diagnoseTraining(await session.attempt(parent.id));
}

/** What the training of an attempt itself says: the mean of its seeds. */
export function diagnoseTraining({
  trials,
  number,
  verdict,
}: Pick<Attempt, 'trials' | 'number' | 'verdict'>): Diagnosis {
  const source =
    verdict.kind === 'baseline' ? 'baseline training' : `training of attempt #${number}`;
  return diagnose(logOfTrials(trials, source) ?? emptyLog(source));
}

/** The diagnosis of the study's own log; says that it cannot tell where there is none. */
export async function diagnoseLog(session: StudySession): Promise<Diagnosis> {
  const log = await session.log();
  return diagnose(log ?? emptyLog('no training log yet'));
}

/** A log of nothing yet. */
export const emptyLog = (source: string): TrainingLog => ({
  source,
  format: 'none',
  epochs: [],
  series: {},
  lines: [],
  run: { index: 1, count: 1 },
  notes: [],
});
