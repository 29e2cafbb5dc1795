import type { FormSlot, Row } from './form.ts';
import type { Use } from './plan.ts';

/** Per cent as a share, without the noise of the division. */
const shareOf = (percent: number): number => Number((percent / 100).toPrecision(15));

const quotient = (part: number, whole: number): number =>
  whole === 0 ? NaN : Number((part / whole).toPrecision(12));

/** Rows that are not kept are written over: one that waits is kept. */
export const copyOf = (row: Row): Row => ({
  ...row,
  values: row.values.slice(),
  decimals: row.decimals.slice(),
});

/** How far a bar has come, and how far it goes; `NaN` where it does not say. */
export const barOf = ({ values }: Row, { step }: Use): readonly [number, number] =>
  step?.hasTotal === true ? [values[step.index] ?? NaN, values[step.index + 1] ?? NaN] : [NaN, NaN];

/** The value of a slot in a row: a share of its total, of a hundred, as its comma says. */
export function valueOf(
  { values }: Row,
  { index, hasTotal, role, isPercent, comma }: FormSlot,
  hasDecimalCommas: boolean,
): number {
  const raw = values[index] ?? NaN;
  if (role === 'epoch' || role === 'step') return raw;
  const value = hasTotal ? quotient(raw, values[index + 1] ?? NaN) : raw;
  if (comma === 'either' && hasDecimalCommas) return value / 1000;
  return isPercent ? shareOf(value) : value;
}

/** How far inside its epoch a fractional one lies. */
export function placeFraction(report: { step: number; steps: number }, fraction: number): void {
  report.step = Number.isInteger(fraction) ? 1 : fraction - Math.ceil(fraction) + 1;
  report.steps = 1;
}
