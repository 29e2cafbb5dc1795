import { formatChange, formatDeviation, formatNumber, metricText } from '../../../record/format.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { tagOf } from '../../../record/kinds.ts';
import { plainLabel } from '../labels.ts';

/** `#12 batch norm after each dense`, cut to `length` characters of title. */
export const attemptLabel = ({ number, title }: AttemptSummary, length = 80): string =>
  `#${number} ${plainLabel(title, length)}`;

/**
 * A row of the sidebar: `#12 0.0412 ± 0.0009 ▼0.0031`, then the title, which a narrow sidebar cuts
 * first.
 */
export const attemptRow = (
  attempt: AttemptSummary,
): { readonly label: string; readonly title: string } => ({
  label: `#${attempt.number} ${attemptDescription(attempt)}`,
  title: plainLabel(attempt.title, 80),
});

/**
 * `0.0412 ± 0.0009 ▼0.0031`; how it ended where that is not all of it: `interrupted`, `crashed:
 * memory`, `rejected`.
 */
export function attemptDescription({
  metric,
  effect,
  verdict,
  failure,
  kind,
}: AttemptSummary): string {
  if (failure === 'interrupted') return failure;
  if (failure) return verdict === 'cancelled' ? verdict : `${verdict}: ${failure}`;
  if (!metric) return tagOf({ kind, verdict });
  return effect.observed === null
    ? metricText(metric)
    : `${metricText(metric)} ${changeText(effect.observed)}`;
}

/** What a screen reader says for an attempt. */
export function spokenAttempt(attempt: AttemptSummary, metricName: string): string {
  const { number, title, failure, metric, effect } = attempt;
  const measured = metric ? [`${metricName} ${formatNumber(metric.mean)}`] : ['not measured'];
  const sd = metric?.sd ?? null;
  const deviation = sd === null ? [] : [`plus or minus ${formatDeviation(sd)}`];
  const change = effect.observed === null ? [] : [`changed by ${formatChange(effect.observed)}`];
  return [
    `Attempt ${number}`,
    title,
    failure === 'interrupted' ? failure : tagOf(attempt),
    ...measured,
    ...deviation,
    ...change,
  ].join(', ');
}

function changeText(change: number): string {
  if (change === 0) return '=';
  return `${change < 0 ? '▼' : '▲'}${formatNumber(Math.abs(change))}`;
}
