import type { AttemptOf } from '../record/attempt.ts';
import type { AttemptDraft } from './beginAttempt.ts';
import { sumOfCosts } from '../record/cost.ts';
import { finishAttempt, type AttemptEnding } from './finishAttempt.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import { repairTrained, type Repaired } from './repair.ts';
import { raceDraft } from './raceDraft.ts';
import type { Round } from './openRound.ts';

/** A recorded attempt, and what its proposer would try instead where training failed. */
export interface Tried {
  readonly attempt: AttemptSummary;
  readonly mended: Repaired | null;
}

/**
 * Trains and records a draft; where training fails its proposer is asked first, so that "cannot be
 * mended here" stands in the record of what it is about. A mended proposal is another attempt.
 */
export async function trainAndMend(
  draft: AttemptDraft<AttemptOf<'change'>>,
  tried: Repaired,
  round: Round,
  ports: Ports,
): Promise<Tried> {
  const ending = await raceDraft(draft, round, ports);
  const next = await askToMend(tried, { draft, ending }, round, ports);
  const attempt = await finishAttempt(
    next?.gaveUp ? { ...draft, attempt: withLastStep(draft.attempt, next) } : draft,
    ending,
    ports,
  );
  return { attempt, mended: next?.gaveUp ? null : next };
}

/** What was trained is recorded even where asking fails, for instance because the user stops it. */
async function askToMend(
  tried: Repaired,
  { draft, ending }: { readonly draft: AttemptDraft; readonly ending: AttemptEnding },
  round: Round,
  ports: Ports,
): Promise<Repaired | null> {
  try {
    return await repairTrained(tried, ending, { state: round, ports });
  } catch (error) {
    await finishAttempt(draft, ending, ports);
    throw error;
  }
}

function withLastStep(
  attempt: AttemptOf<'change'>,
  { repairs, proposal: { exchanges } }: Repaired,
): AttemptOf<'change'> {
  const cost = sumOfCosts([attempt.cost, repairs.at(-1)?.cost ?? null]);
  return {
    ...attempt,
    repairs,
    cost,
    ...(exchanges && { exchanges }),
  };
}
