import { concludeAblation, type HunkEffect } from '../ablation/hunkEffects.ts';
import type { Attempt, Comparison, Trial } from '../attempts/attempt.ts';
import { openingsIn } from '../attempts/contenders.ts';
import { formatChange, formatDeviation, formatNumber, metricText } from '../attempts/format.ts';
import { currentBest } from '../attempts/lineage.ts';
import { noiseAround } from '../judge/noiseFloor.ts';
import { validationUse } from '../judge/validationUse.ts';
import type { AttemptSummary } from '../ports.ts';
import type { CurvesDocument } from './curvesDocument.ts';
import { diffHunks, type DiffHunk } from './diffHunks.ts';

/** What an attempt's page needs beside its record. */
export interface AttemptSurroundings {
  readonly history: readonly AttemptSummary[];
  readonly hunks: readonly HunkEffect[];
  /** Records of the times its test part was opened. */
  readonly openings: readonly Attempt[];
  readonly curves: CurvesDocument;
}

/** A fact with its name: `runtime`, `wasm`. */
export type Fact = readonly [name: string, value: string];

/** A table of texts; the first row is its head. */
export type Rows = readonly (readonly string[])[];

/** All that an Attempt page shows, in words: the page only lays it out. Every text may come from outside. */
export interface AttemptView {
  readonly id: string;
  readonly title: string;
  readonly verdict: { readonly kind: string; readonly text: string };
  /** The metric with its noise; how much of a best may be luck; what the sealed part said. */
  readonly notes: readonly string[];
  readonly reasoning: string;
  readonly warnings: readonly string[];
  readonly evidence: readonly { readonly text: string; readonly lines: readonly number[] }[];
  readonly source: string;
  readonly repairs: readonly string[];
  readonly comparisons: Rows;
  readonly trials: Rows;
  /** What failed trials said last. */
  readonly lastWords: readonly { readonly title: string; readonly text: string }[];
  readonly gate: readonly string[];
  readonly diff: readonly DiffHunk[];
  readonly hunks: readonly { readonly header: string; readonly text: string; readonly id: string; readonly number: number }[];
  readonly hunkConclusion: readonly string[];
  readonly review: readonly string[];
  readonly environment: readonly Fact[];
  readonly exchanges: readonly { readonly title: string; readonly prompt: string; readonly answer: string }[];
  readonly curves: CurvesDocument;
}

/** The page of an attempt: why, what came of it, on what. */
export function attemptView(attempt: Attempt, { history, hunks, openings, curves }: AttemptSurroundings): AttemptView {
  const { proposal, verdict, repairs, exchanges = [] } = attempt;
  return {
    id: attempt.id,
    title: `#${attempt.number} ${proposal?.title ?? 'Baseline'}`,
    verdict: { kind: verdict.kind, text: verdict.text },
    notes: [...measured(attempt, history), ...meter(attempt, history), ...openings.map(({ verdict: { text } }) => text)],
    reasoning: proposal?.reasoning ?? '',
    warnings: proposal?.warnings ?? [],
    evidence: (proposal?.evidence ?? []).map(({ text, lines }) => ({ text, lines })),
    source: sourceText(attempt),
    repairs: repairs.map(({ failure, answer }) => `${failure.kind}${failure.line === null ? '' : ` in line ${failure.line}`}: ${failure.message} → ${answer}`),
    comparisons: verdict.comparisons.length === 0 ? [] : [['against', 'mean difference', 'interval', 'seeds'], ...verdict.comparisons.map((item) => comparisonRow(item, history))],
    trials: attempt.trials.length === 0 ? [] : [['seed', attempt.config.objective.metric, 'epochs', 'seconds'], ...attempt.trials.map(trialRow)],
    lastWords: attempt.trials.flatMap((trial) => (trial.outcome === 'failed' && trial.failure.stderr.length > 0 ? [{ title: `Last words of seed ${trial.seed}`, text: trial.failure.stderr.join('\n') }] : [])),
    gate: attempt.gate?.findings ?? [],
    diff: diffHunks(proposal?.diff ?? ''),
    hunks: hunks.map(({ header, text, attemptId, number }) => ({ header, text, id: attemptId, number })),
    hunkConclusion: hunks.length === 0 ? [] : concludeAblation(hunks),
    review: reviewLines(attempt),
    environment: environmentFacts(attempt),
    exchanges: exchanges.map(({ model, prompt, answer }, index) => ({ title: `Question ${index + 1} to ${model}`, prompt, answer })),
    curves,
  };
}

function measured({ id, config }: Attempt, history: readonly AttemptSummary[]): readonly string[] {
  const own = history.find((attempt) => attempt.id === id);
  if (!own?.metric) return [];
  const { values, sd } = own.metric;
  return [`${config.objective.metric} ${metricText(own.metric, noiseAround(history)(own))} (${values.length} seed${values.length === 1 ? '' : 's'}${sd === null ? '' : `, spread ${formatDeviation(sd)}`})`];
}

function meter({ id, config }: Attempt, history: readonly AttemptSummary[]): readonly string[] {
  const best = currentBest(history, config.objective);
  if (best?.id !== id) return [];
  const openings = openingsIn(history);
  return [`${validationUse(history, best).text}.`, openings === 0 ? 'The test part is still sealed: Open Sealed Test gives a number that nothing was chosen by.' : `The test part was opened ${openings === 1 ? 'once' : `${openings} times`}.`];
}

function sourceText({ proposal, cost }: Attempt): string {
  if (!proposal) return '';
  const { expectedEffect, confidence, proposer, operator } = proposal;
  const effect = expectedEffect ? `expected ${expectedEffect.metric} ${formatChange(expectedEffect.delta)}` : 'no effect predicted';
  const sure = confidence === null ? 'no confidence given' : `confidence ${Math.round(confidence * 100)} %`;
  const price = cost ? [`${cost.inputTokens} tokens in, ${cost.outputTokens} out, ${cost.usd === null ? 'price unknown' : `$${formatNumber(cost.usd)}`}`] : [];
  return [effect, sure, `proposed by ${proposer} (${operator})`, ...price].join(', ');
}

function comparisonRow({ against, meanDifference, interval, confidence, seeds }: Comparison, history: readonly AttemptSummary[]): readonly string[] {
  const other = history.find(({ id }) => id === against);
  const range = interval ? `${formatChange(interval[0])} … ${formatChange(interval[1])} (${Math.round(confidence * 100)} %)` : '–';
  return [other ? `#${other.number} ${other.title}` : against, formatChange(meanDifference), range, seeds.join(', ')];
}

function trialRow(trial: Trial): readonly string[] {
  const outcome = trial.outcome === 'completed' ? formatNumber(trial.metric) : `${trial.failure.kind}: ${trial.failure.message.replace(/\s+/g, ' ')}`;
  return [String(trial.seed), outcome, String(trial.epochs), trial.seconds.total.toFixed(1)];
}

function reviewLines({ review }: Attempt): readonly string[] {
  if (!review) return [];
  return [review.reviewer === 'person' ? 'Reviewed by a person.' : 'Accepted without a review.', ...review.hunks.map(({ header, decision }) => `${header} ${decision}`)];
}

function environmentFacts({ environment, config, parameters, dataHash, createdAt, finishedAt, id, parents }: Attempt): readonly Fact[] {
  const runtime: readonly Fact[] = environment ? [
    ['runtime', `${environment.runtime} on ${environment.platform}, Cortex ${environment.cortex}`],
    ...Object.entries(environment.versions),
  ] : [];
  return [
    ...runtime,
    ['parameters', parameters === null ? 'unknown' : parameters.toLocaleString('en')],
    ['training', `${config.epochs} epochs, batch size ${config.batchSize}`],
    ['data', dataHash ? dataHash.slice(0, 12) : 'not read'],
    ['id', `${id}${parents.length > 0 ? `, from ${parents.join(', ')}` : ''}`],
    ['time', `${createdAt} – ${finishedAt}`],
  ];
}
