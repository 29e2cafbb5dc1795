import { bestOf, descendantsOf } from '../study/lineage.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Objectives } from '../record/objectives.ts';

/**
 * What the next proposal starts from: the best attempt of the root's line. A child that failed or
 * was not proven better is never a parent, so after a failure the search is back at the best one by
 * itself (failures come in chains: arXiv 2605.04903).
 */
export const chooseParent = (
  root: AttemptSummary,
  history: readonly AttemptSummary[],
  objectives: Objectives,
): AttemptSummary => bestOf(descendantsOf(root, history), objectives) ?? root;
