import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { AttemptCost, AttemptSummary } from './attemptSummary.ts';
import type { Attempt, Failure, Gate, MetricSummary, Trial } from './attempt.ts';

/**
 * SHA-256 (hex) of what the record itself does not hold: the variant's text, and the comparable
 * part of the configuration.
 */
export interface AttemptHashes {
  readonly source: string;
  readonly config: string;
}

/** A summary before it has a commit. */
export type UncommittedSummary = Omit<AttemptSummary, 'commit'>;

/** The short form of a record, as the list of attempts and the commit's trailers carry it. */
export function summarize(attempt: Attempt, hashes: AttemptHashes): UncommittedSummary {
  const { proposal } = attempt;
  return {
    id: attempt.id,
    number: attempt.number,
    study: attempt.study,
    verdict: attempt.verdict.kind,
    failure: failureOf(attempt),
    title: proposal?.title ?? 'Baseline',
    operator: proposal?.operator ?? null,
    family: proposal?.family ?? null,
    proposer: proposal?.proposer ?? null,
    metric: metricOf(attempt),
    effect: {
      observed: attempt.verdict.comparisons[0]?.meanDifference ?? null,
      predicted: proposal?.expectedEffect?.delta ?? null,
    },
    confidence: proposal?.confidence ?? null,
    mismatches: proposal?.mismatches ?? 0,
    parameters: attempt.parameters,
    fingerprint: attempt.fingerprint,
    parents: attempt.parents,
    sourceHash: hashes.source,
    dataHash: attempt.dataHash,
    configHash: hashes.config,
    finishedAt: Date.parse(attempt.finishedAt),
    findings: [...new Set((proposal?.evidence ?? []).flatMap(({ finding }) => finding ?? []))],
    spent: spentOn(attempt),
    looks: attempt.gate && looksOf(attempt.gate),
  };
}

/** Without the change that won: it is proposed, and a look of its own once it was tried. */
function looksOf({ runs, winner }: Gate): number {
  const changes = new Set(runs.map(({ change }) => change)).size;
  return winner === null ? changes : changes - 1;
}

function spentOn({ trials, references = [], gate, cost }: Attempt): AttemptCost {
  const all = [
    ...trials,
    ...[...references, ...(gate?.runs ?? [])].flatMap((other) => other.trials),
  ];
  const seconds = all.reduce((sum, trial) => sum + trial.seconds.total, 0);
  return {
    seconds: Math.round(seconds * 10) / 10,
    tokens: cost ? cost.inputTokens + cost.outputTokens : 0,
    usd: cost ? cost.usd : 0,
  };
}

const failureOf = ({ trials }: Attempt): Failure['kind'] | null =>
  trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure.kind] : [])).at(-1) ??
  null;

/** The objective over the completed trials; `null` when none came to its end. */
export function metricOf(attempt: { readonly trials: readonly Trial[] }): MetricSummary | null {
  const values = attempt.trials.flatMap((trial) =>
    trial.outcome === 'completed' ? [trial.metric] : [],
  );
  if (values.length === 0) return null;
  return {
    mean: mean(values),
    sd: values.length > 1 ? sampleStandardDeviation(values) : null,
    values,
  };
}
