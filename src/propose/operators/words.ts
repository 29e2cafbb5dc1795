import type { Evidence } from '../../record/proposalRecord.ts';
import type { Diagnosis, Finding } from '../../log/diagnosis.ts';
import { lossSeries } from '../../log/lossSeries.ts';

/** A number as people read it: three significant digits, small ones as powers of ten. */
export function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001)
    return value.toExponential(1).replace('.0e', 'e').replace('e+', 'e');
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** `first, second and third`. */
export const enumerate = (items: readonly string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

/** The run in one clause: where loss and val_loss began and ended, the best epoch, the gap. */
export function summarizeRun({ series, epochs, gap, source }: Diagnosis): string {
  const { loss, valLoss } = lossSeries(series);
  const curves = [loss, valLoss]
    .map((one) => one && course(one.name, one.values))
    .filter((text) => text !== null);
  if (curves.length === 0)
    return epochs === 0 ? 'there is no training log yet' : `${source} holds no loss`;
  const width = gap === null ? '' : `, gap ${Math.round(gap * 100)} %`;
  return `in ${epochs} epochs ${enumerate(curves)}${width}`;
}

/** A finding as evidence, or the whole run where no finding is answered. */
export const evidenceOf = (diagnosis: Diagnosis, finding: Finding | null): Evidence =>
  finding
    ? { text: finding.text, finding: finding.kind, lines: [...finding.lines] }
    : { text: sentence(summarizeRun(diagnosis)), finding: null, lines: [] };

/** Capital first letter, full stop at the end. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  // Names of series are code: `val_loss` stays as it is.
  const start = /^[a-z]+_/.test(trimmed)
    ? trimmed
    : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

function course(key: string, series: readonly (number | null)[]): string | null {
  const values = series
    .map((value, index) => ({ value: value ?? NaN, epoch: index + 1 }))
    .filter(({ value }) => Number.isFinite(value));
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last) return null;
  const best = values.reduce((a, b) => (b.value < a.value ? b : a));
  const peak =
    best.epoch === last.epoch ? '' : ` (best ${figure(best.value)} at epoch ${best.epoch})`;
  return `${key} went from ${figure(first.value)} to ${figure(last.value)}${peak}`;
}
