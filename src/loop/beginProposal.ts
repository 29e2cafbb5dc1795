import type { ReviewRecord } from '../record/attempt.ts';
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
): Promise<AttemptDraft> {
  const record = proposalRecord(proposal, reviewed.text, round.study.modelPath);
  const cost = sumOfCosts([proposal.cost, ...repairs.map((step) => step.cost)]);
  const origin = {
    parents: [round.parent.id],
    proposal: record,
    repairs,
    cost,
    ...(proposal.exchanges && { exchanges: proposal.exchanges }),
    ...reviewed,
  };
  return beginAttempt(round.study, origin, ports);
}
