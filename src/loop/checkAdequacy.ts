import { checkBaseline, findCheck, type Check } from './adequacy/checkBaseline.ts';
import { trainingCandidates } from './adequacy/trainingCandidates.ts';
import type { Gate } from '../record/attempt.ts';
import { findingsOnReferences } from './adequacy/adequacy.ts';
import { noiseFloor } from '../study/noiseFloor.ts';
import { fingerprintOf } from '../propose/readArchitecture.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Proposal } from '../study/proposal.ts';
import { OFFLINE } from '../search/askOperators.ts';
import { openRound, type Round } from './openRound.ts';
import type { Study } from '../study/study.ts';
import type { FindingKind } from '../log/diagnosis.ts';

/** A search about to begin. */
interface Ahead {
  readonly root: AttemptSummary;
  readonly wish: string | null;
  readonly focus?: FindingKind | null;
  readonly signal: AbortSignal;
}

/**
 * The gate before any search: what a trivial and a linear model reach, and whether other training
 * of the same layers does better. It is passed once per baseline, that is per source, data and
 * configuration: a later run reads the record. Where the user has asked for something, nothing is
 * trained for it. What was found is told.
 */
export async function checkAdequacy(study: Study, ahead: Ahead, ports: Ports): Promise<Gate> {
  const history = await ports.store.list(study);
  const known = await findCheck(ahead.root, history, (id) => ports.store.read(study, id));
  const { id, gate } = known ?? (await check(study, ahead, ports));
  for (const text of gate.findings) ports.onEvent({ kind: 'adequacy', text, check: id });
  return gate;
}

async function check(
  study: Study,
  { root, wish, focus = null, signal }: Ahead,
  ports: Ports,
): Promise<Check> {
  const scores = await ports.trainer.references(study, signal);
  if (wish === null && focus === null && root.verdict === 'baseline') {
    const round = await openRound(
      { study, number: 0, root, wish, signal },
      { ...ports, onEvent: () => undefined },
    );
    if (round.parent.id === root.id) return checkBaseline(round, scores, ports);
  }
  const findings = root.metric
    ? findingsOnReferences(
        { metric: root.metric, noise: noiseFloor(await ports.store.list(study), root) },
        scores,
        study.config.objective,
      )
    : [];
  const simple = scores && {
    trivial: { ...scores.trivial },
    linear: scores.linear && { ...scores.linear },
  };
  return {
    id: null,
    gate: {
      scores: simple,
      runs: [],
      winner: null,
      headline: null,
      effect: null,
      findings: [...findings],
    },
  };
}

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
  const { metric } = round.study.config.objective;
  const check = await findCheck(round.baseline, round.history, (id) =>
    ports.store.read(round.study, id),
  );
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
    fingerprint: await fingerprintOf({ path: round.model.path, text }, ports.syntax),
    cost: null,
  };
}
