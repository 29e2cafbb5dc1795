import type { RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { course, percent, since } from './finding.ts';

/**
 * Share by which the loss fell from the first to the last epoch; `null` where that means nothing.
 */
export function improvementRateOf({ loss, valLoss }: RunView): number | null {
  const curve = loss ?? valLoss;
  const [first, last] = [curve?.values[0], curve?.values.at(-1)];
  const ended = curve?.logged.at(-1);
  if (!curve || curve.values.length < 2 || !first || last === undefined || !Number.isFinite(ended))
    return null;
  // Through zero a share means nothing: it would be above 100 %.
  if (first > 0 && last < 0) return null;
  return (first - last) / Math.abs(first);
}

/** How far the loss came: over 50 % is good, 10 to 50 % moderate, under 10 % slow. */
export const improvementRate: FindingRule = (run) => {
  const rate = improvementRateOf(run);
  const curve = run.loss ?? run.valLoss;
  if (rate === null || !curve) return null;
  const grade = rate > 0.5 ? 'good' : rate >= 0.1 ? 'moderate' : 'slow';
  const moved = rate < 0 ? `rose by ${percent(-rate)}` : `fell by ${percent(rate)}`;
  const text =
    `${curve.name} ${moved} in ${run.log.epochs.length} epochs (${course(curve)}): ${grade} ` +
    'improvement.';
  return since(curve, null, {
    kind: 'improvement-rate',
    severity: grade === 'slow' ? 'warning' : 'info',
    text,
  });
};
