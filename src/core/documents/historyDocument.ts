import type { Engine } from '../../core/engine.ts';
import type { AttemptSummary } from '../ports.ts';
import { branchOf, type Study } from '../study/study.ts';
import { attemptDocument } from './attemptDocument.ts';

/** The JSON form of a study's history. */
export async function historyDocument(engine: Engine, study: Study, attempts: readonly AttemptSummary[]) {
  const documents = await Promise.all(attempts.map((attempt) => attemptDocument(engine, study, attempt)));
  return { study: study.name, branch: branchOf(study.name), attempts: documents };
}
