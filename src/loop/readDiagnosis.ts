import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Study } from '../study/study.ts';
import { diagnose } from '../log/diagnose.ts';
import type { Diagnosis } from '../log/diagnosis.ts';
import { logOfTrials } from '../log/logOfTrials.ts';
import type { TrainingLog } from '../log/trainingLog.ts';

/**
 * The diagnosis the next proposal answers: the user's own log while the search stands at the
 * baseline, the attempt's own training otherwise (and where there is no log).
 */
export async function readDiagnosis(
  study: Study,
  parent: AttemptSummary,
  ports: Pick<Ports, 'files' | 'store'>,
): Promise<Diagnosis> {
  const log = parent.verdict === 'baseline' ? await ports.files.readLog(study) : null;
  if (log) return diagnose(log);
  const { trials } = await ports.store.read(study, parent.id);
  const source =
    parent.verdict === 'baseline' ? 'baseline training' : `training of attempt #${parent.number}`;
  return diagnose(logOfTrials(trials, source) ?? emptyLog(source));
}

/** The diagnosis of the study's own log; says that it cannot tell where there is none. */
export async function diagnoseFile(study: Study, ports: Pick<Ports, 'files'>): Promise<Diagnosis> {
  const log = await ports.files.readLog(study);
  return diagnose(log ?? emptyLog('no training log yet'));
}

const emptyLog = (source: string): TrainingLog => ({
  source,
  format: 'none',
  epochs: [],
  series: {},
  lines: [],
  run: { index: 1, count: 1 },
  notes: [],
});
