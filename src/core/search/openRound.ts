import { baselineOf } from '../attempts/lineage.ts';
import { readArchitecture } from '../model/readArchitecture.ts';
import type { AttemptSummary, Ports, ProposeRequest } from '../ports.ts';
import { readDiagnosis } from '../trainingLog/readDiagnosis.ts';
import type { Study } from '../study/study.ts';

/** Where a round starts. */
export interface RoundStart {
  readonly study: Study;
  /** 1-based. */
  readonly number: number;
  readonly parent: AttemptSummary;
  readonly history: readonly AttemptSummary[];
  readonly wish: string | null;
  readonly signal: AbortSignal;
}

/** All that one round of the loop knows: what a proposer is asked with, and whom a variant is judged against. */
export interface Round extends Omit<ProposeRequest, 'count' | 'random'> {
  readonly number: number;
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
}

/** Reads the parent's source, its architecture and its training log. */
export async function openRound(start: RoundStart, ports: Ports): Promise<Round> {
  const { study, parent, history, signal } = start;
  const text = await ports.store.readVariant(study, parent.id);
  const architecture = await readArchitecture({ path: study.modelPath, text }, ports.syntax);
  const diagnosis = await readDiagnosis(study, parent, ports);
  ports.onEvent({ kind: 'diagnosed', diagnosis });
  const data = await ports.trainer.profileData(study, signal);
  const model = { path: study.modelPath, language: architecture.language, text };
  return { ...start, model, architecture, diagnosis, data, baseline: baselineOf(parent, history) };
}
