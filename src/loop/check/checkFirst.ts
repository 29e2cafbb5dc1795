import type { ReferenceScores } from '../../record/dataProfile.ts';
import type { Gate } from '../../record/attempt.ts';
import { fingerprintOf } from '../../propose/readArchitecture.ts';
import { OFFLINE } from '../../search/askOperators.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import type { Proposal } from '../../study/proposal.ts';
import type { RunSpec } from '../../study/runSpec.ts';
import { isCancelled, limitBehind } from '../../util/errors.ts';
import { openRound, type Round, type Search } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { checkBaseline, findCheck, type Check } from './checkBaseline.ts';
import { findingsOnReferences } from './findings.ts';
import { trainingCandidates } from './trainingCandidates.ts';
import { objectiveOf } from '../../record/objectives.ts';

/**
 * The check before any search: what a trivial and a linear model reach, and whether other training
 * of the same layers does better. It is passed once per baseline, that is per source, data and
 * configuration: a later run reads the record. Where the user has asked for something, nothing is
 * trained for it. What was found is told. `null` where the run's time was over before it was
 * passed: no round begins then, and the next run passes it.
 */
export async function checkFirst(run: Search<RunSpec>, ports: Ports): Promise<Gate | null> {
  if (run.spec.gate === 'skip') return null;
  try {
    const known = await findCheck(run.root, run.session);
    const { id, gate } = known ?? (await checkNow(run, ports));
    for (const text of gate.findings) ports.onEvent({ kind: 'adequacy', text, check: id });
    return gate;
  } catch (error) {
    const isTimeOver = limitBehind(run.spec.signal) !== null && isCancelled(error);
    if (isTimeOver) return null;
    throw error;
  }
}

async function checkNow(search: Search, ports: Ports): Promise<Check> {
  const { root, session, spec } = search;
  const { wish, focus = null, signal } = spec;
  const scores = await ports.trainer.references(session.study, signal);
  if (wish === null && focus === null && root.verdict === 'baseline') {
    const round = await openRound({ ...search, spec: { wish, signal } }, { number: 0 }, ports);
    if (round.parent.id === root.id) return checkBaseline(round, scores, ports);
  }
  return { id: null, gate: simpleCheck({ root, session, scores }) };
}

/** Nothing is trained: the baseline's own numbers beside those of simple models. */
const simpleCheck = ({
  root,
  session: { study, history },
  scores,
}: Pick<Search, 'root' | 'session'> & { readonly scores: ReferenceScores | null }): Gate => ({
  scores,
  runs: [],
  winner: null,
  headline: null,
  effect: null,
  findings: root.metric
    ? [
        ...findingsOnReferences(
          { metric: root.metric, noise: noiseFloor(history, root) },
          scores,
          objectiveOf(study.config),
        ),
      ]
    : [],
});

/**
 * The change of the training that beat the baseline, as the first proposal; `null` where none did,
 * or it was tried or turned down before.
 */
export async function trainingFirst(
  round: Round,
  gate: Gate,
  ports: Ports,
): Promise<Proposal | null> {
  const { parent, baseline, history, wish, focus = null } = round;
  const isTried = history.some(
    (attempt) => attempt.parents[0] === baseline.id && attempt.title === gate.winner,
  );
  if (gate.winner === null || (wish ?? focus) !== null || parent.id !== baseline.id || isTried)
    return null;
  const candidate = trainingCandidates(round, ports).find(({ title }) => title === gate.winner);
  return candidate ? proposalOf(candidate, { round, gate }, ports) : null;
}

async function proposalOf(
  { title, operator, family, text, instead }: ReturnType<typeof trainingCandidates>[number],
  { round, gate }: { round: Round; gate: Gate },
  ports: Ports,
): Promise<Proposal> {
  const { metric } = objectiveOf(round.study.config);
  const check = await findCheck(round.baseline, round.session);
  return {
    title,
    operator,
    family,
    reasoning: [
      gate.findings[0] ?? '',
      'Before any layer is changed, the training should be right.',
      instead,
    ]
      .filter((part) => part !== '')
      .join(' '),
    ...(gate.headline !== null && { headline: gate.headline }),
    evidence: check?.evidence ?? [],
    expectedEffect: gate.effect === null ? null : { metric, delta: gate.effect },
    confidence: 0.9,
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
