import { middle } from './robust.ts';
import type { RunView } from './runView.ts';

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
