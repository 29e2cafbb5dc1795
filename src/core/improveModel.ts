import type { ReviewRecord } from './attempts/attempt.ts';
import { beginAttempt, proposalRecord, type AttemptDraft } from './attempts/beginAttempt.ts';
import { finishAttempt } from './attempts/finishAttempt.ts';
import { CortexError, throwIfAborted } from './errors.ts';
import { judgeFailure } from './judge/judgeTrials.ts';
import type { AttemptSummary, Ports, ReviewOutcome } from './ports.ts';
import { checkProposal } from './proposal/checkProposal.ts';
import type { Proposal } from './proposal/proposal.ts';
import { openRound, type Round, type RoundStart } from './search/openRound.ts';
import { reportOn, type StudyReport } from './study/studyReport.ts';
import type { Study } from './study/study.ts';
import { trainAttempt } from './trainAttempt.ts';
import { trainBaseline } from './trainBaseline.ts';

/** How long and how to search. */
export interface ImproveOptions {
  /** Attempts to make; a proposal that fails its check counts, so that a round always ends. */
  readonly rounds: number;
  /** The user's own words, if any. */
  readonly wish: string | null;
  readonly signal: AbortSignal;
}

/**
 * The whole product: diagnose → propose → check → review → train → judge → record, and the next proposal knows.
 * Every attempt is committed, whatever its verdict. Rejects with a `CortexError` for bad input, a broken environment, or a
 * baseline that cannot be trained; what was recorded until then stays recorded.
 */
export async function improveModel(study: Study, options: ImproveOptions, ports: Ports): Promise<StudyReport> {
  const root = await trainBaseline(study, options.signal, ports);
  const made: AttemptSummary[] = [];
  const report = (stopped: string): Promise<StudyReport> => reportOn({ study, root, store: ports.store }, made, stopped);
  for (let number = 1; number <= options.rounds; number++) {
    const attempt = await playRound({ study, root, number, ...options }, ports).catch(stopWhenCancelled);
    if (typeof attempt === 'string') return report(attempt);
    made.push(attempt);
    if (attempt.verdict === 'cancelled') return report('cancelled');
  }
  return report('rounds done');
}

/** Why a round made no attempt. */
type Stop = 'nothing left to propose' | 'dismissed' | 'cancelled';

/** One round: an attempt, or why there was none. */
async function playRound(start: RoundStart, ports: Ports): Promise<AttemptSummary | Stop> {
  throwIfAborted(start.signal, 'The search');
  const round = await openRound(start, ports);
  const [proposal] = await ports.proposer.propose({ ...round, count: 1, random: ports.random });
  if (!proposal) return 'nothing left to propose';
  ports.onEvent({ kind: 'proposed', proposal, round: round.number });
  const check = await checkProposal(proposal, round, ports);
  if (!check.ok) {
    const draft = await begin(round, proposal, { text: proposal.text, review: null }, ports);
    return finishAttempt(draft, { verdict: judgeFailure(check.error) }, ports);
  }
  const outcome = await ports.reviewer.review(proposal, round.signal);
  if (outcome.kind === 'dismissed') return 'dismissed';
  return recordReviewed(round, proposal, outcome, ports);
}

async function recordReviewed(round: Round, proposal: Proposal, outcome: Exclude<ReviewOutcome, { kind: 'dismissed' }>, ports: Ports): Promise<AttemptSummary> {
  const text = outcome.kind === 'accepted' ? outcome.text : proposal.text;
  const draft = await begin(round, proposal, { text, review: outcome.record }, ports);
  if (outcome.kind === 'rejected') {
    return finishAttempt(draft, { verdict: { kind: 'rejected', text: 'Rejected in review.', comparisons: [] } }, ports);
  }
  return trainAttempt(draft, round, ports);
}

function begin(round: Round, proposal: Proposal, reviewed: { text: string; review: ReviewRecord | null }, ports: Ports): Promise<AttemptDraft> {
  const record = proposalRecord(proposal, reviewed.text, round.study.modelPath);
  return beginAttempt(round.study, { parents: [round.parent.id], proposal: record, ...reviewed }, ports);
}

function stopWhenCancelled(error: unknown): Stop {
  if (error instanceof CortexError && error.kind === 'cancelled') return 'cancelled';
  throw error;
}
