import { formatNumber } from '../record/format.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { LoopEvent } from './loopEvent.ts';
import type { Ports } from './ports.ts';
import type { RequestEstimate } from '../ports/proposer.ts';
import { openRound } from './openRound.ts';
import { trialsOfRungs } from '../search/rungs.ts';
import type { RunLimits } from '../search/runBudget.ts';
import type { Study } from '../study/study.ts';

/**
 * What a run would take, told before anything is asked of a language model; `null` where it cannot
 * be known.
 */
export type RunForecast = Extract<LoopEvent, { kind: 'forecast' }>['forecast'];

/** The run that is about to begin. */
interface Ahead extends RunLimits {
  readonly study: Study;
  readonly root: AttemptSummary;
  readonly wish: string | null;
  /** Proposals a round, default 1. */
  readonly batch?: number;
  readonly signal: AbortSignal;
}

/** A change is raced with two seeds at least. */
const FEWEST_SEEDS = 2;

/**
 * Looks at the baseline's training time and at the first question, and tells what the whole run
 * would take. Repairs come on top.
 */
export async function forecastRun(ahead: Ahead, ports: Ports): Promise<RunForecast> {
  const minutes = await minutesOf(ahead, ports);
  const round = ports.proposer.estimate
    ? await openRound({ ...ahead, number: 1 }, { ...ports, onEvent: () => undefined })
    : null;
  const estimate =
    (round && (await ports.proposer.estimate?.({ ...round, count: ahead.batch ?? 1 }))) || null;
  const requests =
    estimate && Number.isFinite(ahead.rounds) ? Math.ceil(estimate.share * ahead.rounds) : null;
  const total = (perRequest: number | null): number | null =>
    perRequest === null || requests === null ? null : perRequest * requests;
  const forecast = {
    model: estimate?.model ?? null,
    requests,
    inputTokens: total(estimate?.inputTokens ?? null),
    outputTokens: total(estimate?.outputTokens ?? null),
    usd: total(estimate && moneyOf(estimate)),
    minutes,
  };
  const result = {
    ...forecast,
    text: [...asking(estimate, forecast), training(minutes)].join(' '),
  };
  ports.onEvent({ kind: 'forecast', forecast: result });
  return result;
}

/**
 * By the baseline's seconds a trial; `null` without an end in sight or a trial that came to its
 * own.
 */
async function minutesOf(
  { study, root, rounds, minutes: cap = Infinity, batch = 1 }: Ahead,
  { store }: Ports,
): Promise<RunForecast['minutes']> {
  const { trials } = await store.read(study, root.id);
  const seconds = trials.flatMap((trial) =>
    trial.outcome === 'completed' ? [trial.seconds.total] : [],
  );
  const perTrial = seconds.reduce((sum, value) => sum + value, 0) / seconds.length / 60;
  const short = trialsOfRungs(batch, study.config.epochs);
  const [from, to] = [FEWEST_SEEDS, study.config.judge.maxSeeds].map((seeds) =>
    Math.min(cap, perTrial * (seeds + short) * rounds),
  );
  return from === undefined || to === undefined || !Number.isFinite(to) ? null : { from, to };
}

const moneyOf = ({ inputTokens, outputTokens, price }: RequestEstimate): number | null =>
  price ? (inputTokens * price.input + outputTokens * price.output) / 1e6 : null;

function asking(
  estimate: RequestEstimate | null,
  { requests, inputTokens, outputTokens, usd }: Omit<RunForecast, 'text'>,
): readonly string[] {
  if (!estimate) return [];
  const money =
    moneyOf(estimate) === null
      ? 'its price is unknown'
      : `about $${formatNumber(usd ?? moneyOf(estimate) ?? 0)}${sourceOf(estimate)}`;
  const amount =
    `${inputTokens ?? estimate.inputTokens} tokens in and ` +
    `${outputTokens ?? estimate.outputTokens} out`;
  const count =
    requests === null
      ? `each request to ${estimate.model}`
      : `${requests} ${requests === 1 ? 'request' : 'requests'} to ${estimate.model}`;
  return [`Ahead: ${count}, about ${amount}, ${money}; repairs come on top.`];
}

const sourceOf = ({ price }: RequestEstimate): string =>
  price?.listed === undefined
    ? ''
    : ` by the list prices of ${price.listed}, which may be out of date`;

function training(minutes: RunForecast['minutes']): string {
  if (!minutes) return 'How long training will take is not known.';
  const ends = new Set([minutes.from, minutes.to].map(spanText));
  return (
    `Training takes about ${[...ends].join(' to ')}, judging by the time the model as it is ` +
    'took.'
  );
}

/** An estimate as people say it: `40 s`, `3 min`, `2.5 h`. */
function spanText(minutes: number): string {
  if (minutes < 1.5) return `${Math.max(1, Math.round(minutes * 60))} s`;
  return minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}
