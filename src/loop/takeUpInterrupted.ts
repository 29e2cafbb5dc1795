import { proposalIn } from '../record/kinds.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Proposal } from '../study/proposal.ts';
import type { Round } from './openRound.ts';

/** What ends the program every time it is tried must not be tried for ever. */
const MOST_TRIES = 3;

/**
 * The proposal whose race a run was stopped in, as it was reviewed: it goes on before anything new
 * is proposed. `null` where there is none, where it was tried too often, and where the user has
 * asked for something else since.
 */
export async function takeUpInterrupted(
  { session, history, parent, model, wish, focus = null, structural }: Round,
  { onEvent }: Ports,
): Promise<Proposal | null> {
  const last = history.findLast(
    (attempt) =>
      attempt.parents[0] === parent.id &&
      attempt.configHash === parent.configHash &&
      attempt.kind === 'change' &&
      attempt.proposer !== 'user',
  );
  if (
    last?.verdict !== 'cancelled' ||
    (wish ?? focus) !== null ||
    structural ||
    triesOf(last, history) >= MOST_TRIES
  )
    return null;
  const record = await session.attempt(last.id);
  const proposal = proposalIn(record);
  if (!proposal) return null;
  onEvent({
    kind: 'resuming',
    text: `Taking up #${last.number} again, which was interrupted: ${proposal.title}.`,
  });
  const { diff, ...kept } = proposal;
  const text = await session.variant(last.id);
  return { ...kept, base: model.text, text, fingerprint: record.fingerprint, cost: null };
}

const triesOf = ({ sourceHash }: AttemptSummary, history: readonly AttemptSummary[]): number =>
  history.filter((attempt) => attempt.sourceHash === sourceHash && attempt.verdict === 'cancelled')
    .length;
