import { validationUse } from '../../judge/validationUse.ts';
import type { Placed } from '../../loop/sweep/standing.ts';
import type { SweepReport } from '../../loop/sweep/searchModel.ts';
import { attemptDocuments } from './attemptDocument.ts';
import type { StudyReader } from './studyReader.ts';

/** What a search came to, as `--json` and the tools print it. */
export async function searchDocument(reader: StudyReader, report: SweepReport) {
  const { study, standing, stopped, branch } = report;
  const [sweep, baseline, best, ...attempts] = await attemptDocuments(reader, study, [
    report.sweep,
    report.parent,
    report.best,
    ...report.attempts,
  ]);
  if (!sweep || !baseline || !best) throw new Error('A search has no record.');
  return {
    study: study.name,
    branch,
    objective: standing.objective,
    sweep,
    tried: standing.tried,
    full: standing.full,
    failed: standing.failed,
    unfit: standing.unfit,
    seconds: standing.seconds,
    start: standing.start && placeOf(standing.start),
    bestRun: standing.best && placeOf(standing.best),
    front: standing.front.map(placeOf),
    importance: [...standing.importance],
    attempts,
    baseline,
    winner: report.winner?.id ?? null,
    best,
    validationUse: validationUse(await reader.history(study), report.best),
    stopped,
  };
}

const placeOf = ({ number, text, values, by, epochs, value, parameters }: Placed) => ({
  number,
  text,
  values,
  by,
  epochs,
  value,
  parameters,
});
