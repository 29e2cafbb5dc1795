import { VariantFault } from '../variantFault.ts';
import type { FitLogs } from './learner.ts';

const CHECK_EVERY_MS = 1_000;

/** A number of the logs, or of a tensor in them. */
const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && 'dataSync' in value
    ? ((value as { dataSync(): ArrayLike<number> }).dataSync()[0] ?? NaN)
    : NaN;
};

/** All logs as plain numbers. */
export const plainLogs = (logs: FitLogs): Record<string, number> =>
  Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberOf(value)]));

/** What is no number is not told as one. */
export const finiteLogs = (logs: Readonly<Record<string, number>>): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(logs).map(([key, value]) => [key, Number.isFinite(value) ? value : null]),
  );

export const notANumber = (key: string, when: string): VariantFault =>
  new VariantFault('not-a-number', `${key} stopped being a finite number ${when}.`);

/** Looks at the loss of a batch once a second: an epoch may be long. */
export function lossCheck(): (logs: FitLogs) => VariantFault | null {
  let last = performance.now();
  return ({ loss }) => {
    const now = performance.now();
    if (now - last <= CHECK_EVERY_MS) return null;
    last = now;
    return Number.isFinite(numberOf(loss)) ? null : notANumber('loss', 'within an epoch');
  };
}
