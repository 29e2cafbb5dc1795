import { findingsOnReferences } from './judge/adequacy.ts';
import type { AttemptSummary, Ports, ReferenceScores } from './ports.ts';
import { probeLearningRate } from './probeLearningRate.ts';
import type { Proposal } from './proposal/proposal.ts';
import type { Round } from './search/openRound.ts';
import type { Study } from './study/study.ts';

/** Tells, before any search, what a trivial and a linear model reach where the baseline does not clearly beat them. */
export async function compareWithSimple(study: Study, { root, signal }: { root: AttemptSummary; signal: AbortSignal }, ports: Ports): Promise<ReferenceScores | null> {
  const scores = await ports.trainer.references(study, signal);
  const findings = root.metric ? findingsOnReferences(root.metric, scores, study.config.objective) : [];
  for (const text of findings) ports.onEvent({ kind: 'adequacy', text });
  return scores;
}

/**
 * The gate before the first architecture proposal of a baseline: a better learning rate, if a probe finds one. `null` once the
 * baseline has children (the gate is passed once per source, data and configuration), and where the user has asked for something.
 */
export async function trainingFirst(round: Round, ports: Ports): Promise<Proposal | null> {
  const { parent, history, wish, focus = null } = round;
  const isUntouched = parent.id === round.baseline.id && history.every((attempt) => attempt.parents[0] !== parent.id);
  return isUntouched && wish === null && focus === null ? probeLearningRate(round, ports) : null;
}
