import type { AttemptOf } from '../record/attempt.ts';
import type { Comparison } from '../record/verdict.ts';
import { beginAttempt, type AttemptDraft, type OwnFields } from './beginAttempt.ts';
import { openingsIn } from '../record/kinds.ts';
import { finishAttempt } from './finishAttempt.ts';
import { formatChange, formatNumber } from '../record/format.ts';
import { baselineOf } from '../study/lineage.ts';
import { cancelledError, CortexError } from '../util/errors.ts';
import { judgeFailure } from '../judge/judgeFailure.ts';
import { completedTrials, metricOf, onTest } from '../record/measures.ts';
import { comparisonAt, estimatePaired, halfWidth } from '../judge/pairedComparison.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { TrainResult } from '../ports/trainer.ts';
import { seedsOf } from '../record/studyConfig.ts';
import type { Study } from '../study/study.ts';
import { openTraining } from './studySession.ts';
import { trainDraft } from './trainDraft.ts';
import { objectiveOf } from '../record/objectives.ts';

/** What was seen on the sealed part, and the commit that says that it was opened. */
export interface Unsealed {
  readonly baseline: TrainResult;
  readonly attempt: TrainResult;
  /** 1 for the first time in this study: only that one is free of any choice made by looking. */
  readonly opening: number;
  readonly record: AttemptSummary;
  /** One sentence for people, as it stands in the record. */
  readonly text: string;
}

const CONFIDENCE = 0.95;

/**
 * Trains an attempt and its baseline once more and evaluates both on the sealed test part. The
 * opening is committed like an attempt, with its number, before the result is handed out; its
 * trials stand as references, so that no search ever ranks by them.
 */
export async function unsealTest(
  study: Study,
  id: string,
  signal: AbortSignal,
  ports: Ports,
): Promise<Unsealed> {
  const session = await openTraining(study, ports);
  const { history } = session;
  const summary = history.find((attempt) => attempt.id === id);
  const base = summary ? baselineOf(summary, history) : null;
  const opening = openingsIn(history) + 1;
  const draft = await beginAttempt(
    session,
    {
      parents: [id],
      own: announcement(summary, opening),
      text: await session.variant(id),
    },
    ports,
  );
  const attempt = await trainOnTest(draft, id, signal, ports);
  const baseline =
    base === null || base.id === id ? attempt : await trainOnTest(draft, base.id, signal, ports);
  await assertMeasured(draft, [baseline, attempt], ports);
  const metric = onTest(objectiveOf(study.config).metric);
  const estimate = estimatePaired(attempt.trials, baseline.trials, { metric, noise: null });
  const comparison = comparisonAt(estimate, base?.id ?? id, CONFIDENCE);
  const text = describe({ baseline, attempt, opening, comparison }, study);
  const record = await recordOpening(draft, { id, baseline, attempt, comparison, text }, ports);
  return { baseline, attempt, opening, record, text };
}

const trainOnTest = async (
  draft: AttemptDraft,
  id: string,
  signal: AbortSignal,
  ports: Ports,
): Promise<TrainResult> =>
  trainDraft(
    draft,
    {
      seeds: seedsOf(draft.session.study.config),
      signal,
      evaluateOn: 'test',
      reference: { attempt: id, text: await draft.session.variant(id) },
    },
    ports,
  );

interface Opened extends Pick<Unsealed, 'baseline' | 'attempt' | 'text'> {
  readonly id: string;
  readonly comparison: Comparison;
}

/** Where an attempt is its own baseline there is nothing to compare. */
function recordOpening(
  draft: AttemptDraft<AttemptOf<'unsealing'>>,
  { id, baseline, attempt, comparison, text }: Opened,
  ports: Ports,
): Promise<AttemptSummary> {
  const comparisons = baseline === attempt ? [] : [comparison];
  const references = [
    ...comparisons.map(({ against }) => ({ attempt: against, trials: baseline.trials })),
    { attempt: id, trials: attempt.trials },
  ];
  return finishAttempt(
    { ...draft, attempt: { ...draft.attempt, references } },
    {
      verdict: { kind: 'inconclusive', text, comparisons },
      result: { ...attempt, trials: [] },
    },
    ports,
  );
}

/**
 * Where one of the two came to no measure, nothing is told of the other either: it was no opening.
 */
async function assertMeasured(
  draft: AttemptDraft,
  results: readonly TrainResult[],
  ports: Ports,
): Promise<void> {
  if (results.every(({ trials }) => completedTrials(trials).length > 0)) return;
  const failed = results
    .flatMap(({ trials }) => trials)
    .find((trial) => trial.outcome === 'failed');
  const verdict = failed
    ? judgeFailure(failed.failure)
    : { kind: 'cancelled' as const, text: 'Nothing was trained.', comparisons: [] };
  await finishAttempt(draft, { verdict }, ports);
  throw verdict.kind === 'cancelled'
    ? cancelledError('Opening the sealed test')
    : notTrained(verdict.text);
}

const notTrained = (why: string): CortexError =>
  new CortexError({
    code: 'unseal-not-trained',
    kind: 'training',
    happened: `It could not be trained again: ${why}`,
    expected: 'a model that trains as it did before.',
    remedy:
      'See `cortex show` for how it was trained, and try again; nothing of the test part was ' +
      'shown.',
  });

const announcement = (
  summary: AttemptSummary | undefined,
  opening: number,
): OwnFields<AttemptOf<'unsealing'>> => ({
  kind: 'unsealing',
  title: `Sealed test opened for #${summary?.number ?? '?'} (opening ${opening})`,
  reasoning:
    'The sealed test part was opened. What is chosen after this may have been chosen because of ' +
    'it.',
});

function describe(
  {
    baseline,
    attempt,
    opening,
    comparison,
  }: Pick<Unsealed, 'baseline' | 'attempt' | 'opening'> & { comparison: Comparison },
  { config }: Study,
): string {
  const measure = onTest(objectiveOf(config).metric);
  const name = measure.replace('_', ' ');
  const interval = comparison.interval?.map(formatChange).join(' to ');
  const difference =
    interval === undefined
      ? ''
      : `; difference ${formatChange(comparison.meanDifference)} (${interval})`;
  const warning =
    opening === 1
      ? 'Opened for the first time.'
      : `Opened ${opening} times by now: it is no longer untouched.`;
  const compared =
    baseline === attempt
      ? ', the baseline itself'
      : `, the baseline ${measureText(baseline, measure)}${difference}`;
  return (
    `On the sealed part: ${name} ${measureText(attempt, measure)}${compared}; intervals at ` +
    `${CONFIDENCE * 100} %. ${warning}`
  );
}

/** `0.105 (0.098 to 0.112)`: the mean over seeds with its interval. */
function measureText({ trials }: TrainResult, measure: string): string {
  const metric = metricOf(trials, measure);
  if (!metric) return '–';
  const half = halfWidth(
    {
      seeds: metric.values,
      mean: metric.mean,
      deviation: metric.sd,
      degreesOfFreedom: metric.values.length - 1,
    },
    CONFIDENCE,
  );
  return half === null
    ? formatNumber(metric.mean)
    : `${formatNumber(metric.mean)} (${formatNumber(metric.mean - half)} to ` +
        `${formatNumber(metric.mean + half)})`;
}
