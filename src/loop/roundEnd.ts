import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { RunEnd } from '../study/runEnd.ts';
import type { RunSpec } from '../study/runSpec.ts';
import { BUDGET_SPENT, CortexError, isCancelled, limitBehind } from '../util/errors.ts';

/** Why no round comes after one; `null` where another may. */
export type RoundEnd = Extract<
  RunEnd,
  { kind: 'nothing-left' | 'dismissed' | 'cancelled' | 'budget-spent' }
> | null;

/** What the error that ended a round means for the run; anything but a limit goes on as it is. */
export function endBehind(error: unknown): RoundEnd {
  if (error instanceof CortexError && error.code === BUDGET_SPENT)
    return { kind: 'budget-spent', why: error.happened.replace(/\.$/, '') };
  if (isCancelled(error)) return { kind: 'cancelled' };
  throw error;
}

/** Why the run ends after a round, by its end and what it recorded; `null` where it goes on. */
export function runEndAfter(
  end: RoundEnd,
  attempts: readonly AttemptSummary[],
  { structural, spec }: { readonly structural: boolean; readonly spec: RunSpec },
): RunEnd | null {
  const isStopped = end === null && attempts.some(({ verdict }) => verdict === 'cancelled');
  if (isStopped || end?.kind === 'cancelled') return cancelledBy(spec);
  return structural && end?.kind === 'nothing-left' ? { kind: 'no-structural-move' } : end;
}

const cancelledBy = ({ signal, minutes = 0 }: RunSpec): RunEnd =>
  limitBehind(signal) === null ? { kind: 'cancelled' } : { kind: 'time-spent', minutes };
