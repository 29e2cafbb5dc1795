import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, since } from './finding.ts';

/**
 * Index from which a curve has stayed at its last level; `null` when it still moves, or never came
 * down to that level.
 */
export function plateauOnset({ values, smoothed, noise, tail }: Curve): number | null {
  const progress = (values[0] ?? 0) - tail.level;
  if (tail.direction !== 'flat' || progress <= Math.max(5 * noise, 0.05 * Math.abs(values[0] ?? 0)))
    return null;
  const near = Math.max(2.5 * noise, 0.02 * progress);
  let onset = values.length;
  while (onset > 0 && Math.abs((smoothed[onset - 1] ?? 0) - tail.level) <= near) onset -= 1;
  return values.length - onset >= Math.max(4, Math.ceil(values.length / 5)) ? onset : null;
}

/** The curve that is judged came down, then stood still. */
export const plateau: FindingRule = ({ main }) => {
  const onset = main && plateauOnset(main);
  if (!main || onset === null) return null;
  const text =
    `${main.name} has been flat since epoch ${main.epochs[onset]} (about ` +
    `${figure(main.tail.level)}).`;
  return since(main, onset, { kind: 'plateau', severity: 'warning', text });
};
