import type { Attempt } from '../record/attempt.ts';
import { baselineOf } from '../study/lineage.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { ProposeRequest } from '../ports/proposer.ts';
import type { FindingKind } from '../log/diagnosis.ts';
import { readDiagnosis } from './readDiagnosis.ts';
import type { Study } from '../study/study.ts';
import { chooseParent } from '../search/chooseParent.ts';

/** Where a round starts. */
export interface RoundStart {
  readonly study: Study;
  /** 1-based. */
  readonly number: number;
  /** The attempt that stands for the user's file; the search stays among its descendants. */
  readonly root: AttemptSummary;
  readonly wish: string | null;
  readonly focus?: FindingKind | null;
  readonly structural?: boolean;
  /**
   * The attempt to propose from, by the user's own choice; the search chooses where it is not said.
   */
  readonly from?: string | null;
  readonly signal: AbortSignal;
}

/**
 * All that one round of the loop knows: what a proposer is asked with, and whom a variant is judged
 * against.
 */
export interface Round extends Omit<ProposeRequest, 'count' | 'random'> {
  readonly number: number;
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
}

/** How many records a proposer may look into. */
const RECENT = 5;

/** Chooses the parent, and reads its source, its architecture and its training log. */
export async function openRound(
  { study, number, root, wish, focus = null, structural = false, from = null, signal }: RoundStart,
  ports: Ports,
): Promise<Round> {
  const history = await ports.store.list(study);
  const parent =
    history.find(({ id }) => id === from) ?? chooseParent(root, history, study.config.objective);
  const text = await ports.store.readVariant(study, parent.id);
  const architecture = await readArchitecture({ path: study.modelPath, text }, ports.syntax);
  const diagnosis = await readDiagnosis(study, parent, ports);
  ports.onEvent({ kind: 'diagnosed', diagnosis });
  const data = await ports.trainer.profileData(study, signal);
  const model = { path: study.modelPath, language: architecture.language, text };
  const recent = (): Promise<readonly Attempt[]> =>
    Promise.all(history.slice(-RECENT).map(({ id }) => ports.store.read(study, id)));
  return {
    recent,
    study,
    number,
    parent,
    baseline: baselineOf(parent, history),
    history,
    model,
    architecture,
    diagnosis,
    data,
    wish,
    focus,
    structural,
    signal,
  };
}
