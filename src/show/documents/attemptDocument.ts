import type { Attempt } from '../../record/attempt.ts';
import { costOf, proposalIn, reasoningOf, repairsOf } from '../../record/kinds.ts';
import type { StudyReader } from './studyReader.ts';
import { meansOf } from '../../record/measures.ts';
import { noiseAround } from '../../study/noiseFloor.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Study } from '../../study/study.ts';

/**
 * The JSON form of attempts of one study: their summaries, what only their records hold, and the
 * noise of the whole history around them.
 */
export async function attemptDocuments(
  reader: StudyReader,
  study: Study,
  attempts: readonly AttemptSummary[],
) {
  const noise = noiseAround(await reader.history(study));
  const records = await reader.records(
    study,
    attempts.map(({ id }) => id),
  );
  return attempts.map((summary) =>
    attemptDocument(summary, records.get(summary.id), noise(summary)),
  );
}

/** Stands for a record that cannot be read. */
const UNREADABLE =
  'Its record is damaged, missing, or from a newer Cortex; what its commit says is shown.';

function attemptDocument(
  summary: AttemptSummary,
  attempt: Attempt | undefined,
  noiseFloor: number | null,
) {
  const comparisons = attempt?.verdict.comparisons ?? [];
  const [toParent] = comparisons;
  return {
    id: summary.id,
    number: summary.number,
    kind: summary.kind,
    verdict: summary.verdict,
    verdictText: attempt?.verdict.text ?? UNREADABLE,
    title: summary.title,
    operator: summary.operator,
    metric: summary.metric,
    measures: attempt ? meansOf(attempt.trials) : (summary.measures ?? {}),
    noiseFloor,
    effect: toParent
      ? { mean: toParent.meanDifference, interval: toParent.interval, seeds: toParent.seeds.length }
      : null,
    comparisons: comparisons.map(({ against, meanDifference, interval, confidence, seeds }) => ({
      against,
      mean: meanDifference,
      interval,
      confidence,
      seeds,
    })),
    parameters: summary.parameters,
    commit: summary.commit,
    parent: summary.parents[0] ?? null,
    reasoning: attempt ? reasoningOf(attempt) : '',
    proposer: summary.proposer,
    repairs: attempt ? repairsOf(attempt).length : 0,
    cost: attempt ? costOf(attempt) : null,
    warnings: (attempt && proposalIn(attempt)?.warnings) ?? [],
  };
}
