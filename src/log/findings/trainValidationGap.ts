import { middle } from '../robust.ts';
import type { RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, percent, since } from './finding.ts';

/** (val_loss − loss) / loss at the last epoch that has both; `null` where that means nothing. */
export function gapOf({ loss, valLoss }: RunView): number | null {
  const [training, validation] = [loss?.logged.at(-1), valLoss?.logged.at(-1)];
  if (typeof training !== 'number' || typeof validation !== 'number' || !(training > 0))
    return null;
  const gap = (validation - training) / training;
  return Number.isFinite(gap) ? gap : null;
}

/**
 * The gap without the luck of one epoch: the median over the last five; `null` where that means
 * nothing.
 */
export function steadyGapOf(run: RunView): number | null {
  const gaps = (run.valLoss?.logged ?? []).slice(-5).flatMap((value, i, last) => {
    const loss = run.loss?.logged.at(i - last.length) ?? NaN;
    const gap = ((value ?? NaN) - loss) / loss;
    return loss > 0 && Number.isFinite(gap) ? [gap] : [];
  });
  return gapOf(run) === null || gaps.length === 0 ? null : middle(gaps);
}

/**
 * How far validation lies above training: under 10 % is small, to 20 % moderate, above large. It
 * presses only once validation no longer improves.
 */
export const trainValidationGap: FindingRule = (run) => {
  const gap = gapOf(run);
  const { loss, valLoss } = run;
  if (gap === null || !loss || !valLoss) return null;
  const grade = gap > 0.2 ? 'large' : gap >= 0.1 ? 'moderate' : 'small';
  const stuck = (steadyGapOf(run) ?? 0) > 0.2 && valLoss.tail.direction !== 'falling';
  const text =
    `${valLoss.name} ends at ${figure(valLoss.values.at(-1) ?? NaN)}, ` +
    `${percent(Math.abs(gap))} ${gap < 0 ? 'below' : 'above'} ${loss.name} ` +
    `(${figure(loss.values.at(-1) ?? NaN)}): a ${grade} gap.`;
  return {
    ...since(valLoss, null, {
      kind: 'train-validation-gap',
      severity: stuck ? 'warning' : 'info',
      text,
    }),
    lines: valLoss.lines.slice(-1),
  };
};
