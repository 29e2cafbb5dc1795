import { gapOf, steadyGapOf } from '../gap.ts';
import type { RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, percent, since } from './finding.ts';
import { overfittingOf } from './overfitting.ts';

/** From here on a gap is large. */
const LARGE = 0.2;

/**
 * How far validation lies above training: under 10 % is small, to 20 % moderate, above large. It
 * presses only once validation no longer improves; a large one that is no sign of overfitting says
 * why it is none.
 */
export const trainValidationGap: FindingRule = (run) => {
  const gap = gapOf(run);
  const { loss, valLoss } = run;
  if (gap === null || !loss || !valLoss) return null;
  const stuck = (steadyGapOf(run) ?? 0) > LARGE && valLoss.tail.direction !== 'falling';
  const text =
    `${valLoss.name} ends at ${figure(valLoss.values.at(-1) ?? NaN)}, ` +
    `${percent(Math.abs(gap))} ${gap < 0 ? 'below' : 'above'} ${loss.name} ` +
    `(${figure(loss.values.at(-1) ?? NaN)}): ${gradeText(gap, run)} gap.`;
  return {
    ...since(valLoss, null, {
      kind: 'train-validation-gap',
      severity: stuck ? 'warning' : 'info',
      text,
    }),
    lines: valLoss.lines.slice(-1),
  };
};

/** What stands before the word gap. */
function gradeText(gap: number, run: RunView): string {
  if (gap <= LARGE) return gap >= 0.1 ? 'a moderate' : 'a small';
  if (overfittingOf(run).level !== 'unlikely') return 'a large';
  return (steadyGapOf(run) ?? 0) > LARGE
    ? 'both still fall, so that no overfitting shows in this large'
    : 'before its last epoch it was less, so that one epoch alone makes this large';
}
