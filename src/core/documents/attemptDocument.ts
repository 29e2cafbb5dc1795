import type { Engine } from '../../core/engine.ts';
import { noiseAround } from '../judge/noiseFloor.ts';
import type { AttemptSummary } from '../ports.ts';
import type { Study } from '../study/study.ts';

/** The JSON form of attempts of one study: their summaries, what only their records hold, and the noise of the whole history around them. */
export async function attemptDocuments(engine: Engine, study: Study, attempts: readonly AttemptSummary[]) {
  const noise = noiseAround(await engine.history(study));
  return Promise.all(attempts.map((attempt) => attemptDocument(engine, study, { summary: attempt, noiseFloor: noise(attempt) })));
}

async function attemptDocument(engine: Engine, study: Study, { summary, noiseFloor }: { readonly summary: AttemptSummary; readonly noiseFloor: number | null }) {
  const attempt = await engine.attempt(study, summary.id);
  const [toParent] = attempt.verdict.comparisons;
  return {
    id: summary.id,
    number: summary.number,
    verdict: summary.verdict,
    verdictText: attempt.verdict.text,
    title: summary.title,
    operator: summary.operator,
    metric: summary.metric && { ...summary.metric, values: [...summary.metric.values] },
    noiseFloor,
    effect: toParent ? { mean: toParent.meanDifference, interval: toParent.interval, seeds: toParent.seeds.length } : null,
    parameters: summary.parameters,
    commit: summary.commit,
    parent: summary.parents[0] ?? null,
    reasoning: attempt.proposal?.reasoning ?? '',
    proposer: summary.proposer,
    repairs: attempt.repairs.length,
    cost: attempt.cost,
    warnings: [...(attempt.proposal?.warnings ?? [])],
  };
}
