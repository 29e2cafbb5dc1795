import { createTwoFilesPatch } from 'diff';
import type { AttemptOf } from '../record/attempt.ts';
import type { ProposalRecord, ReviewRecord } from '../record/proposalRecord.ts';
import type { Verdict } from '../record/verdict.ts';
import { sumOfCosts } from '../record/cost.ts';
import type { Proposal } from '../study/proposal.ts';
import { fileName } from '../util/fileName.ts';
import { beginAttempt, type AttemptDraft } from './beginAttempt.ts';
import { finishAttempt } from './finishAttempt.ts';
import type { Round } from './openRound.ts';
import type { Ports } from './ports.ts';
import type { Repaired } from './repair.ts';

/**
 * The attempt that a proposal becomes, with the text that came out of its review (its own, where
 * there was none).
 */
export function beginProposal(
  { proposal, repairs }: Pick<Repaired, 'proposal' | 'repairs'>,
  { text, review }: { readonly text: string; readonly review: ReviewRecord | null },
  { session, parent }: Round,
  ports: Ports,
): Promise<AttemptDraft<AttemptOf<'change'>>> {
  const own = {
    kind: 'change' as const,
    proposal: proposalRecord(proposal, text, session.study.modelPath),
    review,
    repairs,
    cost: sumOfCosts([proposal.cost, ...repairs.map((step) => step.cost)]),
    ...(proposal.exchanges && { exchanges: proposal.exchanges }),
  };
  return beginAttempt(session, { parents: [parent.id], own, text }, ports);
}

/** Records a proposal that is not trained, with the verdict on it, and tells its searcher. */
export async function recordUntrained(
  checked: Pick<Repaired, 'proposal' | 'repairs'>,
  { verdict, review }: { readonly verdict: Verdict; readonly review: ReviewRecord | null },
  round: Round,
  ports: Ports,
): Promise<null> {
  const { proposal } = checked;
  const draft = await beginProposal(checked, { text: proposal.text, review }, round, ports);
  const attempt = await finishAttempt(draft, { verdict }, ports);
  ports.searcher.tell?.([{ proposal, attempt }]);
  return null;
}

/**
 * A proposal as it is kept: its diff is that of the text that was trained, which a review may have
 * changed.
 */
export function proposalRecord(
  proposal: Proposal,
  text: string,
  modelPath: string,
): ProposalRecord {
  const file = fileName(modelPath);
  const diff = createTwoFilesPatch(
    `a/${file}`,
    `b/${file}`,
    proposal.base,
    text,
    undefined,
    undefined,
    { context: 3 },
  );
  return { ...recordedPart(proposal), diff };
}

/** Of a proposal, what is kept; the rest stands elsewhere in the record, or in its commit. */
function recordedPart({
  headline,
  base,
  text,
  fingerprint,
  cost,
  refusal,
  exchanges,
  marked,
  ...kept
}: Proposal): Omit<ProposalRecord, 'diff'> {
  return kept;
}
