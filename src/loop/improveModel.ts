import type { Gate } from '../record/attempt.ts';
import { finishAttempt } from './finishAttempt.ts';
import { isContender } from '../record/kinds.ts';
import { descendantsOf } from '../study/lineage.ts';
import { beginProposal } from './beginProposal.ts';
import { checkAdequacy, trainingFirst } from './checkAdequacy.ts';
import { chooseByHalving } from './chooseByHalving.ts';
import {
  BASELINE_FAILED,
  BUDGET_SPENT,
  CortexError,
  limitBehind,
  throwIfAborted,
  timeSpentError,
} from '../util/errors.ts';
import { judgeFailure } from '../judge/judgeTrials.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { ReviewOutcome } from '../review/reviewOutcome.ts';
import type { Proposal } from '../study/proposal.ts';
import { checkAndRepair, type Repaired } from './repair.ts';
import { openRound, type Round, type RoundStart } from './openRound.ts';
import {
  attemptsWithoutBetter,
  nextStep,
  NO_STRUCTURAL_MOVE,
  timeSpent,
  type RunLimits,
} from '../search/runBudget.ts';
import { takeUpInterrupted } from './takeUpInterrupted.ts';
import { forecastRun } from './runForecast.ts';
import { repairBaseline } from './repairBaseline.ts';
import { reportOn, reportOnRepair, type RepairedStart, type StudyReport } from './studyReport.ts';
import type { Study } from '../study/study.ts';
import type { FindingKind } from '../log/diagnosis.ts';
import { trainAndMend, type Tried } from './trainAndMend.ts';
import { trainBaseline } from './trainBaseline.ts';

/** How long and how to search. */
export interface ImproveOptions extends RunLimits {
  /** The user's own words, if any. */
  readonly wish: string | null;
  /** The finding to answer first, if any. */
  readonly focus?: FindingKind | null;
  /** The attempt to propose from; the search chooses where it is not said. */
  readonly from?: string | null;
  readonly signal: AbortSignal;
  /**
   * The adequacy of the baseline (simple models, its learning rate) is checked first unless told
   * otherwise.
   */
  readonly gate?: 'check' | 'skip';
  /**
   * Proposals a round, default 1; of several, short runs choose the one that is reviewed and raced.
   * Only where no person reviews.
   */
  readonly batch?: number;
}

/**
 * The whole product: diagnose → propose → check → review → train → judge → record, and the next
 * proposal knows. Every attempt is committed, whatever its verdict. Rejects with a `CortexError`
 * for bad input, a broken environment, or a baseline that cannot be trained; what was recorded
 * until then stays recorded.
 */
export async function improveModel(
  study: Study,
  options: ImproveOptions,
  ports: Ports,
): Promise<StudyReport> {
  const startedAt = ports.clock.now();
  const start = await startOf(study, options.signal, ports);
  return start.kind === 'repaired'
    ? reportOnRepair(start, study)
    : search(study, { root: start.root, startedAt, ...options }, ports);
}

async function search(
  study: Study,
  { root, startedAt, ...options }: Started,
  ports: Ports,
): Promise<StudyReport> {
  const timed = { ...options, root, signal: withinTime({ startedAt, ...options }, ports) };
  const gate = options.gate === 'skip' ? null : await checkInTime(study, timed, ports);
  const forecast = await forecastRun({ study, root, ...options }, ports);
  const { made, stopped } = await playRounds({ study, startedAt, ...timed, gate }, ports);
  return reportOn({ study, root, gate, forecast, store: ports.store }, made, stopped);
}

/** A run that has its baseline. */
interface Started extends ImproveOptions {
  readonly root: AttemptSummary;
  readonly startedAt: number;
}

/**
 * The gate; `null` where the run's time was over before it was passed: no round begins then, and
 * the next run passes it.
 */
async function checkInTime(
  study: Study,
  ahead: Omit<Started, 'startedAt'>,
  ports: Ports,
): Promise<Gate | null> {
  try {
    return await checkAdequacy(study, ahead, ports);
  } catch (error) {
    if (
      limitBehind(ahead.signal) !== null &&
      error instanceof CortexError &&
      error.kind === 'cancelled'
    )
      return null;
    throw error;
  }
}

/** The rounds of a run: where they start, and what ends them. */
interface Rounds extends Omit<ImproveOptions, 'gate'>, Pick<RoundStart, 'study' | 'root'> {
  readonly gate: Gate | null;
  readonly startedAt: number;
}

/** Round after round until something ends the run; what they made, and what it was. */
async function playRounds(
  run: Rounds,
  ports: Ports,
): Promise<{ readonly made: readonly AttemptSummary[]; readonly stopped: string }> {
  const { signal } = run;
  const earlier = descendantsOf(run.root, await ports.store.list(run.study));
  const dryBefore = attemptsWithoutBetter(earlier.filter(isContender));
  const made: (readonly AttemptSummary[])[] = [];
  for (;;) {
    const step = nextStep(run, {
      better: made.map(hasBetter),
      dryBefore,
      startedAt: run.startedAt,
      now: ports.clock.now(),
    });
    if (step.kind === 'stop') return { made: made.flat(), stopped: step.why };
    const { structural } = step;
    const { attempts, stop } = await recordedBy(
      (listening) => playRound({ ...run, number: made.length + 1, structural }, listening),
      ports,
    );
    made.push(attempts);
    const stopped = stopAfter(attempts, stop, { structural, cancelled: whyCancelled(signal, run) });
    if (stopped !== null) return { made: made.flat(), stopped };
  }
}

/**
 * What a round recorded, however it ended: also what it left behind before its budget was spent.
 */
async function recordedBy(
  play: (ports: Ports) => Promise<Stop | null>,
  ports: Ports,
): Promise<{ readonly attempts: readonly AttemptSummary[]; readonly stop: Stop | null }> {
  const attempts: AttemptSummary[] = [];
  const onEvent: Ports['onEvent'] = (event) => {
    if (event.kind === 'recorded') attempts.push(event.attempt);
    ports.onEvent(event);
  };
  const stop = await play({ ...ports, onEvent }).catch(stopReason);
  return { attempts, stop };
}

const whyCancelled = (signal: AbortSignal, { minutes = 0 }: Rounds): string =>
  limitBehind(signal) === null ? 'cancelled' : timeSpent(minutes);

/**
 * Ends with the run's time, too. The baseline is not cut short: without it there is nothing to
 * tell.
 */
function withinTime(
  { minutes, signal, startedAt }: Pick<Started, 'minutes' | 'signal' | 'startedAt'>,
  { clock }: Ports,
): AbortSignal {
  if (minutes === undefined) return signal;
  return AbortSignal.any([
    signal,
    clock.deadline(startedAt + minutes * 60_000 - clock.now(), timeSpentError(minutes)),
  ]);
}

type Start =
  | { readonly kind: 'trained'; readonly root: AttemptSummary }
  | ({ readonly kind: 'repaired' } & RepairedStart);

/**
 * The baseline; where it cannot be trained, a repair that can instead of a search. Rejects where
 * there is none.
 */
async function startOf(study: Study, signal: AbortSignal, ports: Ports): Promise<Start> {
  try {
    return { kind: 'trained', root: await trainBaseline(study, signal, ports) };
  } catch (error) {
    const failed =
      error instanceof CortexError && error.code === BASELINE_FAILED
        ? (await ports.store.list(study)).findLast(({ parents }) => parents.length === 0)
        : undefined;
    const attempts = failed ? await repairBaseline(study, failed, signal, ports) : [];
    const repaired = attempts.find(({ verdict }) => verdict === 'baseline');
    if (!failed || !repaired) throw error;
    return { kind: 'repaired', failed, repaired, attempts };
  }
}

/** Why the run ends after this round; `null` where it goes on. */
function stopAfter(
  attempts: readonly AttemptSummary[],
  stop: Stop | null,
  { structural, cancelled }: { readonly structural: boolean; readonly cancelled: string },
): string | null {
  if (
    stop === 'cancelled' ||
    (stop === null && attempts.some(({ verdict }) => verdict === 'cancelled'))
  )
    return cancelled;
  return structural && stop === 'nothing left to propose' ? NO_STRUCTURAL_MOVE : stop;
}

const hasBetter = (attempts: readonly AttemptSummary[]): boolean =>
  attempts.some(({ verdict }) => verdict === 'better');

/** Why no round comes after this one. */
type Stop = 'nothing left to propose' | 'dismissed' | 'cancelled' | `budget spent: ${string}`;

type Checked = Awaited<ReturnType<typeof checkAndRepair>>;

/**
 * One round, which records its attempts (several where a failure was repaired); why it was the
 * last, `null` where it was not.
 */
async function playRound(
  {
    gate,
    batch = 1,
    ...start
  }: RoundStart & { readonly gate: Gate | null; readonly batch?: number },
  ports: Ports,
): Promise<Stop | null> {
  throwIfAborted(start.signal, 'The search');
  const round = await openRound(start, ports);
  const known =
    (await takeUpInterrupted(round, ports)) ?? (gate && (await trainingFirst(round, gate, ports)));
  const proposal = known ?? (await newProposal(round, batch, ports));
  if (!proposal) return 'nothing left to propose';
  return tryAndMend({ proposal, repairs: [], gaveUp: false }, round, ports);
}

/** The proposer's next one; of a batch, the one that short runs choose. */
async function newProposal(round: Round, batch: number, ports: Ports): Promise<Proposal | null> {
  const proposals = await ports.proposer.propose({ ...round, count: batch, random: ports.random });
  return proposals.length === 0 ? null : chooseByHalving(proposals, round, ports);
}

/**
 * Tries a proposal; where training fails and its proposer can mend it, the mended one is tried too.
 */
async function tryAndMend(
  first: Repaired,
  round: Round,
  ports: Ports,
): Promise<'dismissed' | null> {
  ports.onEvent({ kind: 'proposed', proposal: first.proposal, round: round.number });
  const checked = await checkAndRepair(first, round, ports);
  const tried = await tryProposal(checked, round, ports);
  if (!tried) return 'dismissed';
  if (tried.mended) await tryAndMend(tried.mended, round, ports);
  return null;
}

/**
 * Reviews, trains and records what passed its check; records the rest. `null` when the review was
 * closed.
 */
async function tryProposal(checked: Checked, round: Round, ports: Ports): Promise<Tried | null> {
  const { proposal, check } = checked;
  if (!check.ok) {
    const draft = await beginProposal(checked, { text: proposal.text, review: null }, round, ports);
    return {
      attempt: await finishAttempt(draft, { verdict: judgeFailure(check.error) }, ports),
      mended: null,
    };
  }
  const outcome = await ports.reviewer.review(proposal, round.signal);
  return outcome.kind === 'dismissed' ? null : recordReviewed(checked, outcome, round, ports);
}

async function recordReviewed(
  checked: Checked,
  outcome: Exclude<ReviewOutcome, { kind: 'dismissed' }>,
  round: Round,
  ports: Ports,
): Promise<Tried> {
  const text = outcome.kind === 'accepted' ? outcome.text : checked.proposal.text;
  const draft = await beginProposal(checked, { text, review: outcome.record }, round, ports);
  if (outcome.kind === 'rejected') {
    return {
      attempt: await finishAttempt(
        draft,
        { verdict: { kind: 'rejected', text: 'Rejected in review.', comparisons: [] } },
        ports,
      ),
      mended: null,
    };
  }
  return trainAndMend(draft, checked, round, ports);
}

function stopReason(error: unknown): Stop {
  if (error instanceof CortexError && error.code === BUDGET_SPENT)
    return `budget spent: ${error.happened.replace(/\.$/, '')}`;
  if (error instanceof CortexError && error.kind === 'cancelled') return 'cancelled';
  throw error;
}
