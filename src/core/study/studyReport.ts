import { baselineOf, bestOf, descendantsOf } from '../attempts/lineage.ts';
import type { AttemptStore, AttemptSummary } from '../ports.ts';
import { branchOf, type Study } from './study.ts';
import type { Objective } from './studyConfig.ts';

/** What a run of the loop came to. */
export interface StudyReport {
  readonly study: string;
  readonly branch: string;
  readonly objective: Objective;
  readonly baseline: AttemptSummary;
  /** The attempts of this run, oldest first; the baseline is not among them. */
  readonly attempts: readonly AttemptSummary[];
  /** The best attempt of the whole line, earlier runs included. */
  readonly best: AttemptSummary;
  /** Why it ended: `rounds done`, `cancelled`, `dismissed`, `nothing left to propose`. */
  readonly stopped: string;
}

/** Sums up a run that started at `root` and recorded `attempts`. */
export async function reportOn(
  { study, root, store }: { study: Study; root: AttemptSummary; store: AttemptStore },
  attempts: readonly AttemptSummary[],
  stopped: string,
): Promise<StudyReport> {
  const history = await store.list(study);
  const { objective } = study.config;
  return {
    study: study.name,
    branch: branchOf(study.name),
    objective,
    baseline: baselineOf(root, history),
    attempts,
    best: bestOf(descendantsOf(root, history), objective) ?? root,
    stopped,
  };
}
