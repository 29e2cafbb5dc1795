import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { MetricSummary } from './attempt.ts';

/** Mean and sample deviation of a metric over seeds; `null` without a value. */
export function summarizeMetric(values: readonly number[]): MetricSummary | null {
  if (values.length === 0) return null;
  const sd = values.length > 1 ? sampleStandardDeviation([...values]) : null;
  return { mean: mean([...values]), sd, values };
}
