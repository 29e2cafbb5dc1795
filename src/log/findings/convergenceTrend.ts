import type { Diagnosis } from '../diagnosis.ts';
import type { RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { changeSince, since } from './finding.ts';

const TRENDS = {
  falling: 'improving',
  flat: 'plateauing',
  rising: 'worsening',
  'cannot-tell': 'cannot-tell',
} as const;

/** Where the validation loss (or the loss, without one) is going at the end. */
export function trendOf({ main }: RunView): Diagnosis['trend'] {
  if (!main || !Number.isFinite(main.logged.at(-1))) return 'cannot-tell';
  return TRENDS[main.tail.direction];
}

/** The trend in words. */
export const convergenceTrend: FindingRule = (run) => {
  const trend = trendOf(run);
  if (trend === 'cannot-tell' || !run.main) return null;
  const { name, tail, epochs } = run.main;
  const change = changeSince(run.main, tail.start);
  const noise = trend === 'plateauing' && Math.abs(tail.change) > 0.015 ? ', within its noise' : '';
  const last = epochs.length - tail.start;
  const text = `${name} is ${trend}: ${change} over the last ${last} epochs${noise}.`;
  return since(run.main, tail.start, {
    kind: 'convergence-trend',
    severity: trend === 'worsening' ? 'warning' : 'info',
    text,
  });
};
