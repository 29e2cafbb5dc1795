import type { AttemptOf, ReviewRecord } from '../record/attempt.ts';
import { beginAttempt, proposalRecord, type AttemptDraft } from './beginAttempt.ts';
import { sumOfCosts } from '../record/cost.ts';
import type { Ports } from './ports.ts';
import type { Repaired } from './repair.ts';
import type { Round } from './openRound.ts';

/**
 * The attempt that a proposal becomes, with the text that came out of its review (its own, where
 * there was none).
 */
export function beginProposal(
  { proposal, repairs }: Pick<Repaired, 'proposal' | 'repairs'>,
  reviewed: { readonly text: string; readonly review: ReviewRecord | null },
  round: Round,
  ports: Ports,
): Promise<AttemptDraft<AttemptOf<'change'>>> {
  const record = proposalRecord(proposal, reviewed.text, round.study.modelPath);
  const cost = sumOfCosts([proposal.cost, ...repairs.map((step) => step.cost)]);
  const own = {
    kind: 'change' as const,
    proposal: record,
    review: reviewed.review,
    repairs,
    cost,
    ...(proposal.exchanges && { exchanges: proposal.exchanges }),
  };
  return beginAttempt(round.study, { parents: [round.parent.id], own, text: reviewed.text }, ports);
}
