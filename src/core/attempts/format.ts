import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { MetricSummary } from './attempt.ts';

/** A number at four significant digits, without an exponent where people would not write one. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2);
  return size >= 1000 ? value.toFixed(0) : value.toPrecision(4).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** A signed change with a real minus: `+0.012`, `−0.0031`. */
export const formatChange = (value: number): string =>
  `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;

/** `0.0412 ± 0.0009` over seeds; without the deviation for a single value. */
export function formatMetric(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const center = formatNumber(mean([...values]));
  return values.length < 2 ? center : `${center} ± ${formatNumber(sampleStandardDeviation([...values]))}`;
}

/** The same for a metric that is summed up already. */
export const metricText = ({ mean: center, sd }: Pick<MetricSummary, 'mean' | 'sd'>): string =>
  sd === null ? formatNumber(center) : `${formatNumber(center)} ± ${formatNumber(sd)}`;
