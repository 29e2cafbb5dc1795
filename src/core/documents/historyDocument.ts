import type { Engine } from '../../core/engine.ts';
import { openingsIn } from '../attempts/contenders.ts';
import { currentBest } from '../attempts/lineage.ts';
import { validationUse } from '../judge/validationUse.ts';
import type { AttemptSummary } from '../ports.ts';
import { branchOf, type Study } from '../study/study.ts';
import { attemptDocuments } from './attemptDocument.ts';

/** The JSON form of a study's history. */
export async function historyDocument(engine: Engine, study: Study, attempts: readonly AttemptSummary[]) {
  const best = currentBest(attempts, study.config.objective);
  return {
    study: study.name,
    branch: branchOf(study.name),
    attempts: await attemptDocuments(engine, study, attempts),
    validationUse: best && validationUse(attempts, best),
    openings: openingsIn(attempts),
  };
}
