import type { Basis } from '../review/basis.ts';
import type { ReviewOutcome } from '../review/reviewOutcome.ts';
import type { Proposal } from '../study/proposal.ts';

/** Decides on a proposal: a person in the editor, or a rule in a terminal. */
export interface Reviewer {
  /** `basis`: what it stands on; `null` where that is the user's file. */
  review(proposal: Proposal, signal: AbortSignal, basis: Basis | null): Promise<ReviewOutcome>;
}
