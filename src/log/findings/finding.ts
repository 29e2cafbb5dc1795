import type { Finding, FindingKind } from '../diagnosis.ts';
import type { Curve, RunView } from '../runView.ts';

/** One thing a run can show; `null` where it does not. Pure. */
export type FindingRule = (run: RunView) => Finding | null;

/**
 * A finding that holds from point `from` of a curve to its end (`null`: over the whole run, without
 * an onset).
 */
export function since(
  curve: Curve,
  from: number | null,
  finding: { kind: FindingKind; severity: Finding['severity']; text: string },
): Finding {
  const lines = [curve.lines[from ?? 0], curve.lines.at(-1)].filter((line) => line !== undefined);
  return {
    ...finding,
    lines: [...new Set(lines)],
    onsetEpoch: from === null ? null : (curve.epochs[from] ?? null),
  };
}

/** A number for people: three significant digits. */
export function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A share as per cent. */
export const percent = (share: number): string =>
  `${Math.abs(share) < 0.0995 ? Number((share * 100).toFixed(1)) : Math.round(share * 100)} %`;

/**
 * How far a curve has come from a point to its end, as `−63 %`: from the first value to the last
 * one, or from the smoothed first to last where chance turned that around; in numbers where it
 * passes zero, for a share would mean nothing there.
 */
export function changeSince(curve: Curve, from: number): string {
  const raw = [curve.values[from] ?? NaN, curve.values.at(-1) ?? NaN] as const;
  const smooth = [curve.smoothed[from] ?? NaN, curve.smoothed.at(-1) ?? NaN] as const;
  const isAsCourse = Math.sign(raw[1] - raw[0]) === Math.sign(curve.tail.change);
  const [first, last] = isAsCourse ? raw : smooth;
  const change = (last - first) / Math.abs(first);
  if (!(first * last > 0)) return `${figure(first)} → ${figure(last)}`;
  const size = percent(Math.abs(change));
  if (change === 0) return size;
  return change > 0 ? `+${size}` : `−${size}`;
}

/** First and last value of a curve: `2.31 → 0.155`. */
export const course = ({ values }: Curve): string =>
  `${figure(values[0] ?? NaN)} → ${figure(values.at(-1) ?? NaN)}`;

/**
 * The lowest value the log itself shows, as `0.553 at epoch 9`: findings begin at the lowest of the
 * smoothed curve, which no line shows.
 */
export function lowestShown({ values, epochs }: Curve): string {
  const at = values.reduce(
    (least, value, i) => (value < (values[least] ?? Infinity) ? i : least),
    0,
  );
  return `${figure(values[at] ?? NaN)} at epoch ${epochs[at]}`;
}
