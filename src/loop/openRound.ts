import { readArchitecture } from '../propose/readArchitecture.ts';
import type { SearchState } from '../ports/searcher.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { baselineOf, bestOf, descendantsOf } from '../study/lineage.ts';
import type { SearchSpec } from '../study/runSpec.ts';
import type { Ports } from './ports.ts';
import { readDiagnosis } from './readDiagnosis.ts';
import type { StudySession } from './studySession.ts';
import { objectivesOf } from '../record/objectives.ts';

/** A search that has a baseline: its study, where it starts, and what was asked of it. */
export interface Search<Spec extends SearchSpec = SearchSpec> {
  readonly session: StudySession;
  /** The attempt that stands for the user's file; the search stays among its descendants. */
  readonly root: AttemptSummary;
  /** That file's text; the root may have been trained with other comments and formatting. */
  readonly text: string;
  readonly spec: Spec;
}

/**
 * All that one round of the loop knows: what a searcher is asked with, and whom a variant is judged
 * against.
 */
export interface Round extends SearchState {
  readonly session: StudySession;
  /** 1-based. */
  readonly number: number;
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
}

/** How many records a searcher may look into. */
const RECENT = 5;

/**
 * Chooses the parent, and reads its source, its architecture and its training log. Unless `from`
 * says otherwise, the parent is the best attempt of the root's line: a child that failed or was not
 * proven better is never one, so after a failure the search is back at the best by itself (failures
 * come in chains: arXiv 2605.04903).
 */
export async function openRound(
  { session, root, text: own, spec: { wish, focus = null, from = null, signal } }: Search,
  { number, structural = false }: { readonly number: number; readonly structural?: boolean },
  { syntax, random }: Pick<Ports, 'syntax' | 'random'>,
): Promise<Round> {
  const { study, history } = session;
  const parent =
    history.find(({ id }) => id === from) ??
    bestOf(descendantsOf(root, history), objectivesOf(study.config)) ??
    root;
  const text = parent.id === root.id ? own : await session.variant(parent.id);
  const architecture = await readArchitecture(
    { path: study.modelPath, text },
    syntax,
    study.config,
  );
  return {
    session,
    study,
    number,
    parent,
    baseline: baselineOf(parent, history),
    history,
    model: { path: study.modelPath, language: architecture.language, text },
    architecture,
    diagnosis: await readDiagnosis(session, parent),
    data: await session.profile(signal),
    recent: () => Promise.all(history.slice(-RECENT).map(({ id }) => session.attempt(id))),
    wish,
    focus,
    structural,
    random,
    signal,
  };
}
