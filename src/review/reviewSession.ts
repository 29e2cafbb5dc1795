import type { ReviewOutcome } from './reviewOutcome.ts';
import { applyHunk, hunksBetween, revertHunk, type Hunk } from './hunks.ts';
import { reviewRecord } from './reviewRecord.ts';
import { endLike, splitLines, writeLike } from './textLines.ts';

/**
 * A review as a value. What is undecided is the difference between `accepted` and `proposal`; both
 * are lines without line ends. Accepting moves a hunk into `accepted`, rejecting takes it out of
 * `proposal`; a review is decided when they agree.
 */
export interface ReviewSession {
  /** The model file's text the proposal was made from, exact. */
  readonly base: string;
  /** The proposal as it was offered. */
  readonly offered: readonly string[];
  readonly accepted: readonly string[];
  readonly proposal: readonly string[];
}

/** A review of which nothing is decided yet. */
export function openReview(base: string, proposed: string): ReviewSession {
  const lines = splitLines(base);
  const offered = endLike(lines, splitLines(proposed));
  return { base, offered, accepted: lines, proposal: offered };
}

/** What is still undecided, in the order of the text. */
export const pendingHunks = (session: ReviewSession): readonly Hunk[] =>
  hunksBetween(session.accepted, session.proposal);

/** Accepts the pending hunk at `index`; an index that is gone changes nothing. */
export function acceptHunk(session: ReviewSession, index: number): ReviewSession {
  const hunk = pendingHunks(session)[index];
  return hunk ? { ...session, accepted: applyHunk(session.accepted, hunk) } : session;
}

/** Rejects the pending hunk at `index`; an index that is gone changes nothing. */
export function rejectHunk(session: ReviewSession, index: number): ReviewSession {
  const hunk = pendingHunks(session)[index];
  return hunk ? { ...session, proposal: revertHunk(session.proposal, hunk) } : session;
}

/** Accepts all that is pending. */
export const acceptPending = (session: ReviewSession): ReviewSession => ({
  ...session,
  accepted: session.proposal,
});

/** Rejects all that is pending; what was accepted before stays. */
export const rejectPending = (session: ReviewSession): ReviewSession => ({
  ...session,
  proposal: session.accepted,
});

/** The user's own wording of the proposal; what differs from `accepted` is pending again. */
export const editProposal = (session: ReviewSession, lines: readonly string[]): ReviewSession => ({
  ...session,
  proposal: endLike(session.accepted, lines),
});

/** Something was accepted. */
export const hasAccepted = (session: ReviewSession): boolean =>
  hunksBetween(splitLines(session.base), session.accepted).length > 0;

/** The accepted text in the form of the base: its line ends, byte-order mark and final newline. */
export const acceptedText = (session: ReviewSession): string =>
  writeLike(session.base, session.accepted);

/** What the review comes to as it stands; pending hunks count as rejected. */
export function outcomeOf(
  session: ReviewSession,
  reviewer: 'person' | 'automatic',
): Exclude<ReviewOutcome, { kind: 'dismissed' }> {
  const record = reviewRecord(splitLines(session.base), session.offered, session.accepted);
  if (!hasAccepted(session)) return { kind: 'rejected', record: { reviewer, hunks: record } };
  return { kind: 'accepted', text: acceptedText(session), record: { reviewer, hunks: record } };
}
