import type { ReviewRecord } from '../record/proposalRecord.ts';

/** What came out of a review. */
export type ReviewOutcome =
  | { readonly kind: 'accepted'; readonly text: string; readonly record: ReviewRecord }
  | { readonly kind: 'rejected'; readonly record: ReviewRecord }
  /** Closed without a decision; ends the loop without recording. */
  | { readonly kind: 'dismissed' };
