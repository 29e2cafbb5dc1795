import { judgeFailure } from '../judge/judgeFailure.ts';
import { objectivesOf } from '../record/objectives.ts';
import type { Basis } from '../review/basis.ts';
import { currentBest } from '../study/lineage.ts';
import { REJECTED } from './finishAttempt.ts';
import type { Round } from './openRound.ts';
import type { Ports } from './ports.ts';
import { beginProposal, recordUntrained } from './proposalAttempt.ts';
import { checkAndRepair, type Repaired } from './repair.ts';
import type { RoundEnd } from './roundEnd.ts';
import { trainAndMend } from './trainAndMend.ts';

/**
 * Checks, reviews, trains, judges and records a proposal, with a verdict wherever it ended; where
 * training fails and its searcher can mend it, the mended one goes the same way.
 */
export async function tryProposal(first: Repaired, round: Round, ports: Ports): Promise<RoundEnd> {
  ports.onEvent({ kind: 'proposed', proposal: first.proposal, round: round.number });
  const checked = await checkAndRepair(first, round, ports);
  const { check } = checked;
  if (!check.ok)
    return recordUntrained(
      checked,
      { verdict: judgeFailure(check.error), review: null },
      round,
      ports,
    );
  const review = await ports.reviewer.review(checked.proposal, round.signal, basisOf(round));
  if (review.kind === 'dismissed') return { kind: 'dismissed' };
  if (review.kind === 'rejected')
    return recordUntrained(checked, { verdict: REJECTED, review: review.record }, round, ports);
  const reviewed = { text: review.text, review: review.record };
  const draft = await beginProposal(checked, reviewed, round, ports);
  const { attempt, mended } = await trainAndMend(draft, checked, round, ports);
  ports.searcher.tell?.([{ proposal: checked.proposal, attempt }]);
  return mended ? tryProposal(mended, round, ports) : null;
}

function basisOf({ parent, baseline, history, study }: Round): Basis | null {
  if (parent.id === baseline.id) return null;
  const best = currentBest(history, objectivesOf(study.config));
  return { number: parent.number, isBest: best?.id === parent.id, baselineId: baseline.id };
}
