import { middle } from '../robust.ts';
import type { RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, percent, since } from './finding.ts';

/** (val_loss − loss) / loss at the last epoch that has both; `null` where that means nothing. */
export function gapOf({ log }: RunView): number | null {
  const [loss, valLoss] = [log.series['loss']?.at(-1), log.series['val_loss']?.at(-1)];
  if (typeof loss !== 'number' || typeof valLoss !== 'number' || !(loss > 0)) return null;
  const gap = (valLoss - loss) / loss;
  return Number.isFinite(gap) ? gap : null;
}

/** The gap without the luck of one epoch: the median over the last five; `null` where that means nothing. */
export function steadyGapOf(run: RunView): number | null {
  const { series } = run.log;
  const gaps = (series['val_loss'] ?? []).slice(-5).flatMap((value, i, last) => {
    const loss = series['loss']?.at(i - last.length) ?? NaN;
    const gap = ((value ?? NaN) - loss) / loss;
    return loss > 0 && Number.isFinite(gap) ? [gap] : [];
  });
  return gapOf(run) === null || gaps.length === 0 ? null : middle(gaps);
}

/** How far validation lies above training: under 10 % is small, to 20 % moderate, above large. It presses only once validation no longer improves. */
export const trainValidationGap: FindingRule = (run) => {
  const gap = gapOf(run);
  const { loss, valLoss } = run;
  if (gap === null || !loss || !valLoss) return null;
  const grade = gap > 0.2 ? 'large' : gap >= 0.1 ? 'moderate' : 'small';
  const stuck = (steadyGapOf(run) ?? 0) > 0.2 && valLoss.tail.direction !== 'falling';
  const text = `val_loss ends at ${figure(valLoss.values.at(-1) ?? NaN)}, ${percent(Math.abs(gap))} ${gap < 0 ? 'below' : 'above'} loss (${figure(loss.values.at(-1) ?? NaN)}): a ${grade} gap.`;
  return { ...since(valLoss, null, { kind: 'train-validation-gap', severity: stuck ? 'warning' : 'info', text }), lines: valLoss.lines.slice(-1) };
};
