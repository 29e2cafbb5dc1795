import type { Engine } from '../../core/engine.ts';
import type { AttemptSummary } from '../ports.ts';
import { branchOf, type Study } from '../study/study.ts';
import { attemptDocuments } from './attemptDocument.ts';

/** The JSON form of a study's history. */
export const historyDocument = async (engine: Engine, study: Study, attempts: readonly AttemptSummary[]) =>
  ({ study: study.name, branch: branchOf(study.name), attempts: await attemptDocuments(engine, study, attempts) });
