import type { Attempt } from '../record/attempt.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { isLengthGuessed } from '../study/lengths.ts';
import type { Study } from '../study/study.ts';
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
  return diagnoseTraining(await session.attempt(parent.id), session.study);
}

/**
 * What the training of an attempt itself says: the mean of its seeds. Whether it ended too early is
 * not said where nobody says how long the user trains.
 */
export function diagnoseTraining(
  { trials, number, verdict }: Pick<Attempt, 'trials' | 'number' | 'verdict'>,
  study: Pick<Study, 'lengths'>,
): Diagnosis {
  const source =
    verdict.kind === 'baseline' ? 'baseline training' : `training of attempt #${number}`;
  const diagnosis = diagnose(logOfTrials(trials, source) ?? emptyLog(source));
  if (!isLengthGuessed(study)) return diagnosis;
  const findings = diagnosis.findings.filter(({ kind }) => kind !== 'under-trained');
  return { ...diagnosis, findings };
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
