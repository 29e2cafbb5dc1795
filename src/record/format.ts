import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { MetricSummary } from './measures.ts';
import type { Comparison } from './verdict.ts';
import { plural } from '../util/plural.ts';

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

/** A commit as people read and copy it: long enough to name one. */
export const shortCommit = (commit: string): string => commit.slice(0, 10);

/** A signed change with a real minus: `+0.012`, `−0.0031`. */
export const formatChange = (value: number): string =>
  `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;

/**
 * A metric with the noise around it, `0.0412 ± 0.0009`: σ over seeds, pooled over the study (see
 * `noiseFloor`); the number alone where that is `null`.
 */
export const metricText = (
  { mean: center }: Pick<MetricSummary, 'mean'>,
  noise: number | null,
): string =>
  noise === null ? formatNumber(center) : `${formatNumber(center)} ± ${formatDeviation(noise)}`;

/**
 * `0.0412 ± 0.0009 (4 seeds, spread 0.0011)`: an attempt's metric with the study's noise around it,
 * and what its own seeds show.
 */
export const measuredText = (metric: MetricSummary, noise: number | null): string =>
  `${metricText(metric, noise)} (${plural(metric.values.length, 'seed')}` +
  (metric.sd === null ? ')' : `, spread ${formatDeviation(metric.sd)})`);

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

/** What stands by itself, `0.0412 (spread 0.0011)`: the sample deviation of its own seeds. */
export function spreadText(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const center = formatNumber(mean([...values]));
  return values.length < 2
    ? center
    : `${center} (spread ${formatDeviation(sampleStandardDeviation([...values]))})`;
}

/** A deviation at two significant digits: more of it is noise itself. */
export const formatDeviation = (deviation: number): string =>
  formatNumber(Number(deviation.toPrecision(2)));
