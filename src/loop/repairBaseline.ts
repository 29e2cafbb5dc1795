import { repairCandidates, type RepairCandidate } from './check/repairCandidates.ts';
import type { Attempt, AttemptOf } from '../record/attempt.ts';
import type { ReviewRecord } from '../record/proposalRecord.ts';
import type { Verdict } from '../record/verdict.ts';
import type { Failure } from '../record/trial.ts';
import type { Study } from '../study/study.ts';
import { beginAttempt, type OwnFields } from './beginAttempt.ts';
import { proposalRecord } from './proposalAttempt.ts';
import { finishAttempt, REJECTED } from './finishAttempt.ts';
import { throwIfAborted } from '../util/errors.ts';
import { judgeBaseline } from '../judge/judgeTrials.ts';
import { fingerprintOf } from '../propose/readArchitecture.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import { checkProposal } from '../propose/checkProposal.ts';
import type { Proposal } from '../study/proposal.ts';
import { OFFLINE } from '../search/askOperators.ts';
import { openRound, type Round } from './openRound.ts';
import { seedsOf } from '../record/studyConfig.ts';
import type { StudySession } from './studySession.ts';
import { trainDraft } from './trainDraft.ts';
import { objectiveOf } from '../record/objectives.ts';

const MOST_REPAIRS = 6;
const OPERATOR = 'repair-baseline';

/**
 * For a baseline that cannot be trained: repairs instead of a search. Each is proposed, reviewed,
 * trained on the study's seeds and recorded; the first that trains becomes a baseline. A language
 * model is asked where the typed repairs come to an end. Resolves with what was recorded, oldest
 * first.
 */
export async function repairBaseline(
  session: StudySession,
  failed: AttemptSummary,
  signal: AbortSignal,
  ports: Ports,
): Promise<readonly AttemptSummary[]> {
  const record = await session.attempt(failed.id);
  const failure = record.trials.flatMap((trial) =>
    trial.outcome === 'failed' ? [trial.failure] : [],
  )[0];
  if (!failure) return [];
  const text = await session.variant(failed.id);
  const search = { session, root: failed, text, spec: { wish: null, signal } };
  const round = await openRound(search, { number: 1 }, ports);
  const made: AttemptSummary[] = [];
  for await (const proposal of proposals(round, failure, ports)) {
    throwIfAborted(signal, 'Repairing the baseline');
    const attempt = await tryRepair(proposal, { round, record }, ports);
    if (attempt === 'dismissed') return made;
    if (attempt) made.push(attempt);
    if (attempt?.verdict === 'baseline' || made.length >= MOST_REPAIRS) return made;
  }
  return made;
}

async function* proposals(round: Round, failure: Failure, ports: Ports): AsyncGenerator<Proposal> {
  for (const candidate of repairCandidates(round, failure)) {
    const proposal = await proposalOf(candidate, { round, failure }, ports);
    if (proposal) yield proposal;
  }
  const own = proposalWith(
    { title: 'The model file as it is', text: round.model.text, reasoning: failure.message },
    round,
  );
  const answer = await ports.searcher.repair?.({
    state: round,
    proposal: own,
    failure,
    earlier: [],
  });
  if (answer?.kind === 'corrected')
    yield { ...answer.proposal, operator: OPERATOR, family: 'repair' };
}

async function proposalOf(
  { title, because, edits }: RepairCandidate,
  { round, failure }: { round: Round; failure: Failure },
  { syntax }: Ports,
): Promise<Proposal | null> {
  const written = syntax.write(round.model.text, round.architecture, edits);
  if (!written.ok || written.value === round.model.text) return null;
  const reasoning =
    `Your baseline cannot be trained as it is: ${failure.message} Before any search it has to ` +
    `train; ${because}.`;
  return {
    ...proposalWith({ title, text: written.value, reasoning }, round),
    fingerprint: await fingerprintOf(
      { path: round.model.path, text: written.value },
      syntax,
      round.study.config,
    ),
  };
}

const proposalWith = (
  own: Pick<Proposal, 'title' | 'text' | 'reasoning'>,
  { model }: Round,
): Proposal => ({
  ...own,
  operator: OPERATOR,
  family: 'repair',
  headline: own.reasoning,
  evidence: [],
  expectedEffect: null,
  confidence: null,
  proposer: OFFLINE,
  base: model.text,
  fingerprint: null,
  cost: null,
});

/** `null` where it does not even build: the next repair is tried without asking about this one. */
async function tryRepair(
  proposal: Proposal,
  { round, record }: { round: Round; record: Attempt },
  ports: Ports,
): Promise<AttemptSummary | 'dismissed' | null> {
  const { session, study, signal } = round;
  if (!(await checkProposal(proposal, round, ports)).ok) return null;
  ports.onEvent({ kind: 'proposed', proposal, round: round.number });
  const outcome = await ports.reviewer.review(proposal, signal, null);
  if (outcome.kind === 'dismissed') return 'dismissed';
  const text = outcome.kind === 'accepted' ? outcome.text : proposal.text;
  const draft = await beginAttempt(
    session,
    { parents: [record.id], own: changeBy(proposal, outcome.record, { study, text }), text },
    ports,
  );
  if (outcome.kind === 'rejected') return finishAttempt(draft, { verdict: REJECTED }, ports);
  const result = await trainDraft(draft, { seeds: seedsOf(study.config), signal }, ports);
  const verdict = judgeBaseline(result.trials, objectiveOf(study.config));
  return finishAttempt(draft, { result, verdict: asRepair(verdict, record.number) }, ports);
}

/** Says why a baseline that was repaired is compared with nothing. */
function asRepair(verdict: Verdict, failed: number): Verdict {
  if (verdict.kind !== 'baseline') return verdict;
  const text =
    `${verdict.text} It can be trained now; the file as it is (#${failed}) could not, so there ` +
    'is nothing to compare it with.';
  return { ...verdict, text };
}

const changeBy = (
  proposal: Proposal,
  review: ReviewRecord,
  { study, text }: { readonly study: Study; readonly text: string },
): OwnFields<AttemptOf<'change'>> => ({
  kind: 'change',
  proposal: proposalRecord(proposal, text, study.modelPath),
  review,
  repairs: [],
  cost: null,
});
