import type { AttemptCost, AttemptSummary } from './attemptSummary.ts';
import type { Attempt, AttemptOf } from './attempt.ts';
import { costOf, proposalIn, referencesOf, titleOf } from './kinds.ts';
import { meansOf, metricOf } from './measures.ts';
import type { SweptConfiguration } from './searchRecords.ts';
import type { Failure, Measures } from './trial.ts';
import { objectiveOf } from './objectives.ts';

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
  const proposal = proposalIn(attempt);
  return {
    id: attempt.id,
    number: attempt.number,
    study: attempt.study,
    kind: attempt.kind,
    verdict: attempt.verdict.kind,
    failure: failureOf(attempt),
    title: titleOf(attempt),
    operator: proposal?.operator ?? null,
    family: proposal?.family ?? null,
    proposer: proposal?.proposer ?? null,
    metric: metricOf(attempt.trials, objectiveOf(attempt.config).metric),
    measures: furtherMeasures(attempt),
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
    looks: looksIn(attempt),
  };
}

/** What was measured besides the first objective; the parameters have a place of their own. */
function furtherMeasures({ trials, config }: Attempt): Measures | undefined {
  const first = objectiveOf(config).metric;
  const known = Object.entries(meansOf(trials)).filter(
    ([name]) => name !== first && name !== 'parameters',
  );
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** Of a check without the change that won: it is proposed, and a look of its own once tried. */
function looksIn(attempt: Attempt): number | undefined {
  if (attempt.kind === 'sweep') return shortOnes(attempt).length;
  if (attempt.kind !== 'check') return undefined;
  const { runs, winner } = attempt.checked;
  const changes = new Set(runs.map(({ change }) => change)).size;
  return winner === null ? changes : changes - 1;
}

/** What was trained in full is an attempt of its own, and what was never trained is no look. */
const shortOnes = ({ configurations, config }: AttemptOf<'sweep'>): readonly SweptConfiguration[] =>
  configurations.filter(
    ({ results, unfit }) =>
      unfit === undefined &&
      results.length > 0 &&
      results.every(({ epochs }) => epochs < config.epochs),
  );

const secondsOf = ({ results }: SweptConfiguration): number =>
  Math.max(...results.map(({ measures }) => measures['seconds'] ?? 0));

function spentOn(attempt: Attempt): AttemptCost {
  const runs = attempt.kind === 'check' ? attempt.checked.runs : [];
  const cost = costOf(attempt);
  const all = [
    ...attempt.trials,
    ...[...referencesOf(attempt), ...runs].flatMap(({ trials }) => trials),
  ];
  const short = attempt.kind === 'sweep' ? shortOnes(attempt) : [];
  const seconds =
    all.reduce((sum, trial) => sum + trial.seconds.total, 0) +
    short.reduce((sum, configuration) => sum + secondsOf(configuration), 0);
  return {
    seconds: Math.round(seconds * 10) / 10,
    tokens: cost ? cost.inputTokens + cost.outputTokens : 0,
    usd: cost ? cost.usd : 0,
  };
}

const failureOf = ({ trials }: Attempt): Failure['kind'] | null =>
  trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure.kind] : [])).at(-1) ??
  null;
