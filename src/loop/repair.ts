import type { Repair } from '../record/attempt.ts';
import type { Failure } from '../record/trial.ts';
import type { AttemptEnding } from './finishAttempt.ts';
import { CortexError, REPLAY_MISSING } from '../util/errors.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import type { Ports } from './ports.ts';
import type { RepairAnswer, SearchState } from '../ports/searcher.ts';
import type { Result } from '../util/result.ts';
import { checkProposal } from '../propose/checkProposal.ts';
import type { Proposal } from '../study/proposal.ts';

/** A proposal and the steps that led to it. */
export interface Repaired {
  readonly proposal: Proposal;
  readonly repairs: readonly Repair[];
  /** The last step said that no edit can help. */
  readonly gaveUp: boolean;
}

/** How often a failure goes back to the proposer, where the user says nothing else. */
const REPAIR_ATTEMPTS = 4;

/** The ports a repair needs, and how many steps it may take in all. */
type RepairPorts = Pick<Ports, 'searcher' | 'syntax' | 'trainer' | 'onEvent' | 'repairAttempts'>;

/**
 * Checks a proposal; one that fails goes back to its proposer until it passes, cannot be mended, or
 * the steps are used up.
 */
export async function checkAndRepair(
  first: Repaired,
  state: SearchState,
  ports: RepairPorts,
): Promise<Repaired & { readonly check: Result<BuiltModel, Failure> }> {
  let current = first;
  for (;;) {
    const check = await checkProposal(current.proposal, state, ports);
    const next = check.ok ? null : await repairOnce(current, check.error, { state, ports });
    if (!next) return { ...current, check };
    current = next;
    if (current.gaveUp) return { ...current, check };
  }
}

/**
 * The next thing to try after training failed, or that it cannot be mended; `null` where there is
 * nothing to mend. The failed attempt is recorded with every trial it finished, whatever comes of
 * this: a repair adds an attempt and takes none away.
 */
export async function repairTrained(
  trained: Repaired,
  { verdict, result }: AttemptEnding,
  { state, ports }: { readonly state: SearchState; readonly ports: RepairPorts },
): Promise<Repaired | null> {
  if (verdict.kind !== 'crashed' && verdict.kind !== 'invalid') return null;
  const failed = result?.trials.find((trial) => trial.outcome === 'failed');
  return failed ? repairOnce(trained, failed.failure, { state, ports }) : null;
}

/** One step; `null` where no more are allowed or the proposer has no answer. */
async function repairOnce(
  current: Repaired,
  failure: Failure,
  { state, ports }: { readonly state: SearchState; readonly ports: RepairPorts },
): Promise<Repaired | null> {
  const { proposal, repairs: earlier } = current;
  if (
    !ports.searcher.repair ||
    current.gaveUp ||
    earlier.length >= (ports.repairAttempts ?? REPAIR_ATTEMPTS) ||
    !isMendable(failure)
  )
    return null;
  ports.onEvent({ kind: 'repairing', failure, step: earlier.length + 1 });
  const answer = await ports.searcher
    .repair({ state, proposal, failure, earlier })
    .catch(unanswered);
  return answer && afterStep(current, failure, answer);
}

/**
 * A proposer that cannot be asked (no network, a spent budget) ends the repair; what failed is
 * recorded all the same.
 */
function unanswered(error: unknown): RepairAnswer {
  if (
    !(error instanceof CortexError) ||
    error.kind === 'cancelled' ||
    error.kind === 'defect' ||
    error.code === REPLAY_MISSING
  )
    throw error;
  return {
    kind: 'cannot-mend',
    answer: `Nobody could be asked to mend it: ${error.happened}`,
    cost: null,
  };
}

function afterStep(
  { proposal, repairs }: Repaired,
  failure: Failure,
  answer: RepairAnswer,
): Repaired {
  const taken = [...repairs, { failure, answer: answer.answer, cost: answer.cost }];
  if (answer.kind === 'cannot-mend')
    return {
      proposal: { ...proposal, ...(answer.exchanges && { exchanges: answer.exchanges }) },
      repairs: taken,
      gaveUp: true,
    };
  // What the first proposal cost stays its own; the steps carry theirs.
  return { proposal: { ...answer.proposal, cost: proposal.cost }, repairs: taken, gaveUp: false };
}

const isMendable = ({ kind }: Failure): boolean => kind !== 'cancelled' && kind !== 'interrupted';
