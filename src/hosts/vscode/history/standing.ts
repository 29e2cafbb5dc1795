import { isBaseline } from '../../../record/kinds.ts';
import { currentBest } from '../../../study/lineage.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { Objectives } from '../../../record/objectives.ts';

/** What stands out among a study's attempts. */
export interface Standing {
  readonly best: AttemptSummary | null;
  readonly baseline: AttemptSummary | undefined;
}

const known = new WeakMap<readonly AttemptSummary[], Standing>();

/** Found once for a list of attempts: sorting, filtering and grouping do not change it. */
export function standingOf(attempts: readonly AttemptSummary[], objectives: Objectives): Standing {
  const standing = known.get(attempts) ?? {
    best: currentBest(attempts, objectives),
    baseline: attempts.findLast(isBaseline),
  };
  known.set(attempts, standing);
  return standing;
}
