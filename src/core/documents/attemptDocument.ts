import type { Engine } from '../../core/engine.ts';
import type { AttemptSummary } from '../ports.ts';
import type { Study } from '../study/study.ts';

/** The JSON form of an attempt: its summary and what only its record holds. */
export async function attemptDocument(engine: Engine, study: Study, summary: AttemptSummary) {
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
