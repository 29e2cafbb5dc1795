import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { MetricSummary } from './measures.ts';
import type { Measures } from './trial.ts';
import type { Comparison } from './verdict.ts';
import { plural } from '../util/plural.ts';
import type { Cost } from './cost.ts';

/** A number at four significant digits, without an exponent where people would not write one. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2);
  return size >= 1000
    ? value.toFixed(0)
    : value
        .toPrecision(4)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
}

/**
 * What a trained model takes: `4.73 KiB; a row in 0.12 ms (95 %: 0.3), 32 in 0.2 ms (95 %: 0.4);
 * 180 MiB while it trained`; `null` where nothing of it was measured.
 */
export function takenText(measures: Measures): string | null {
  const value = (name: string): string => formatNumber(measures[name] ?? NaN);
  const has = (name: string): boolean => measures[name] !== undefined;
  const parts = [
    ...(has('modelKB') ? [`${value('modelKB')} KiB`] : []),
    ...(has('latencyMs')
      ? [
          `a row in ${value('latencyMs')} ms (95 %: ${value('latencyMs95')}), ` +
            `32 in ${value('latency32Ms')} ms (95 %: ${value('latency32Ms95')})`,
        ]
      : []),
    ...(has('memoryMB') ? [`${value('memoryMB')} MiB while it trained`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

/** A commit as people read and copy it: long enough to name one. */
export const shortCommit = (commit: string): string => commit.slice(0, 10);

/** A signed change with a real minus: `+0.012`, `−0.0031`. */
export const formatChange = (value: number): string =>
  `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;

/**
 * An attempt's metric with its own spread, `0.0412 ± 0.0009`: the mean over its seeds and their
 * sample deviation; one seed has none. The study's noise is another number (see `noiseFloor`).
 */
export const metricText = ({ mean: center, sd }: Pick<MetricSummary, 'mean' | 'sd'>): string =>
  sd === null ? formatNumber(center) : `${formatNumber(center)} ± ${formatDeviation(sd)}`;

/** `0.0412 ± 0.0009 (4 seeds)`. */
export const measuredText = (metric: MetricSummary): string =>
  `${metricText(metric)} (${plural(metric.values.length, 'seed')})`;

/** `noise of this study: 0.023 (σ from seed to seed, pooled over its attempts)`. */
export const noiseText = (noise: number): string =>
  `noise of this study: ${formatDeviation(noise)} (σ from seed to seed, pooled over its attempts)`;

/** `−0.022 (97.6 % interval −0.039 to −0.005, 5 shared seeds)`. */
export function comparisonText({
  meanDifference,
  interval,
  confidence,
  seeds,
}: Comparison): string {
  const range = interval
    ? `${formatNumber(confidence * 100)} % interval ${interval.map(formatChange).join(' to ')}, `
    : '';
  return `${formatChange(meanDifference)} (${range}${plural(seeds.length, 'shared seed')})`;
}

/** {@link metricText} of the values themselves; `–` for none. */
export function spreadText(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const sd = values.length < 2 ? null : sampleStandardDeviation([...values]);
  return metricText({ mean: mean([...values]), sd });
}

/** A deviation at two significant digits: more of it is noise itself. */
export const formatDeviation = (deviation: number): string =>
  formatNumber(Number(deviation.toPrecision(2)));

/** `5210 tokens in, 640 out, $0.0026`; money that is unknown is said to be. */
export function costText({ inputTokens, outputTokens, usd }: Cost): string {
  const money = usd === null ? 'price unknown' : `$${formatNumber(usd)}`;
  return `${inputTokens} tokens in, ${outputTokens} out, ${money}`;
}
