import type { ReferenceScores } from '../../record/dataProfile.ts';
import type { CheckResult } from '../../record/checkResult.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import type { RunSpec } from '../../study/runSpec.ts';
import { isCancelled, limitBehind } from '../../util/errors.ts';
import { openRound, type Search } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { checkBaseline, findCheck, type Check } from './checkBaseline.ts';
import { findingsOnReferences } from './referenceFindings.ts';
import { objectiveOf } from '../../record/objectives.ts';

/**
 * The check before any search: what a trivial and a linear model reach, and whether other training
 * of the same layers does better. It is passed once per baseline, that is per source, data and
 * configuration: a later run reads the record. Where the user has asked for something, nothing is
 * trained for it. What was found is told. `null` where the run's time was over before it was
 * passed: no round begins then, and the next run passes it.
 */
export async function checkFirst(run: Search<RunSpec>, ports: Ports): Promise<CheckResult | null> {
  if (run.spec.baselineCheck === 'skip') return null;
  try {
    const known = await findCheck(run.root, run.session);
    const { id, checked } = known ?? (await checkNow(run, ports));
    for (const text of checked.findings) ports.onEvent({ kind: 'checked', text, check: id });
    return checked;
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
  return { id: null, checked: simpleCheck({ root, session, scores }) };
}

/** Nothing is trained: the baseline's own numbers beside those of simple models. */
const simpleCheck = ({
  root,
  session: { study, history },
  scores,
}: Pick<Search, 'root' | 'session'> & {
  readonly scores: ReferenceScores | null;
}): CheckResult => ({
  scores,
  runs: [],
  winner: null,
  headline: null,
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
