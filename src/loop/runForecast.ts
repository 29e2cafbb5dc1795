import { formatNumber } from '../record/format.ts';
import type { LoopEvent } from './loopEvent.ts';
import type { Ports } from './ports.ts';
import type { RequestEstimate } from '../ports/searcher.ts';
import { openRound, type Search } from './openRound.ts';
import { trialsOfRungs } from '../search/rungs.ts';
import type { RunSpec } from '../study/runSpec.ts';

/**
 * What a run would take, told before anything is asked of a language model; `null` where it cannot
 * be known.
 */
export type RunForecast = Extract<LoopEvent, { kind: 'forecast' }>['forecast'];

/** A change is raced with two seeds at least. */
const FEWEST_SEEDS = 2;

/**
 * Looks at the baseline's training time and at the first question, and tells what the whole run
 * would take. Repairs come on top.
 */
export async function forecastRun(run: Search<RunSpec>, ports: Ports): Promise<RunForecast> {
  const { rounds, batch = 1 } = run.spec;
  const minutes = await minutesOf(run);
  const estimate = ports.searcher.estimate
    ? await ports.searcher.estimate(await openRound(run, { number: 1 }, ports), batch)
    : null;
  const requests = estimate && Number.isFinite(rounds) ? Math.ceil(estimate.share * rounds) : null;
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
async function minutesOf({
  session,
  root,
  spec: { rounds, minutes: cap = Infinity, batch = 1 },
}: Search<RunSpec>): Promise<RunForecast['minutes']> {
  const { config } = session.study;
  const { trials } = await session.attempt(root.id);
  const seconds = trials.flatMap((trial) =>
    trial.outcome === 'completed' ? [trial.seconds.total] : [],
  );
  const perTrial = seconds.reduce((sum, value) => sum + value, 0) / seconds.length / 60;
  const short = trialsOfRungs(batch, config.epochs);
  const [from, to] = [FEWEST_SEEDS, config.judge.maxSeeds].map((seeds) =>
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
