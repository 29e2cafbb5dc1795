import type { ReviewOutcome } from '../review/reviewOutcome.ts';
import type { Proposal } from '../study/proposal.ts';

/** Decides on a proposal: a person in the editor, or a rule in a terminal. */
export interface Reviewer {
  review(proposal: Proposal, signal: AbortSignal): Promise<ReviewOutcome>;
}
