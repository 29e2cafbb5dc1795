import { fingerprintOf } from '../../propose/readArchitecture.ts';
import type { CheckResult } from '../../record/checkResult.ts';
import { OFFLINE } from '../../search/askOperators.ts';
import type { Proposal } from '../../study/proposal.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { findCheck } from './checkBaseline.ts';
import { trainingCandidates } from './trainingCandidates.ts';

/**
 * The change of the training that beat the baseline, as the first proposal; `null` where none did,
 * or it was tried or turned down before.
 */
export async function trainingFirst(
  round: Round,
  checked: CheckResult,
  ports: Ports,
): Promise<Proposal | null> {
  const { parent, baseline, history, wish, focus = null } = round;
  const isTried = history.some(
    (attempt) => attempt.parents[0] === baseline.id && attempt.title === checked.winner,
  );
  if (checked.winner === null || (wish ?? focus) !== null || parent.id !== baseline.id || isTried)
    return null;
  const candidate = trainingCandidates(round, ports).find(({ title }) => title === checked.winner);
  return candidate ? proposalOf(candidate, { round, checked }, ports) : null;
}

async function proposalOf(
  { title, operator, family, text, instead }: ReturnType<typeof trainingCandidates>[number],
  { round, checked }: { round: Round; checked: CheckResult },
  ports: Ports,
): Promise<Proposal> {
  const check = await findCheck(round.baseline, round.session);
  return {
    title,
    operator,
    family,
    reasoning: [
      checked.findings[0] ?? '',
      'Before any layer is changed, the training should be right.',
      instead,
    ]
      .filter((part) => part !== '')
      .join(' '),
    ...(checked.headline !== null && { headline: checked.headline }),
    evidence: check?.evidence ?? [],
    // What was measured is no prediction: it says nothing of how well anybody predicts.
    expectedEffect: null,
    confidence: null,
    proposer: OFFLINE,
    base: round.model.text,
    text,
    fingerprint: await fingerprintOf(
      { path: round.model.path, text },
      ports.syntax,
      round.study.config,
    ),
    cost: null,
  };
}
