import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotState } from '../../record/autopilotState.ts';
import { baselineOf } from '../../study/lineage.ts';

/**
 * What stands promoted in the line of the best: the last promotion on these data, else the file as
 * it is.
 */
export function promotedIn(
  best: AttemptSummary,
  { promotions }: Pick<AutopilotState, 'promotions'>,
  history: readonly AttemptSummary[],
): AttemptSummary {
  const root = baselineOf(best, history);
  const known = promotions.map(({ attempt }) => history.find(({ id }) => id === attempt));
  return (
    known.findLast((attempt) => attempt && baselineOf(attempt, history).id === root.id) ?? root
  );
}
