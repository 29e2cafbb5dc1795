import { isSurelyFalling, slopeOf } from '../robust.ts';
import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { course, percent, since } from './finding.ts';
import { improvementRateOf } from './improvementRate.ts';
import { standsStill } from './notLearning.ts';
import { steadyGapOf } from '../gap.ts';

/**
 * Loss and validation loss agree, stand still, and stay high: less than half of the first loss is
 * gone.
 */
export const underfitting: FindingRule = (run) => {
  const { loss, valLoss, accuracy } = run;
  const [gap, rate] = [steadyGapOf(run), improvementRateOf(run)];
  if (!loss || !valLoss || gap === null || rate === null || standsStill(loss)) return null;
  const still = !fallsOn(loss, valLoss) && loss.tail.direction !== 'cannot-tell';
  const good = (accuracy?.tail.level ?? 0) > 0.9;
  if (!still || good || Math.abs(gap) >= 0.1 || rate >= 0.5 || rate < 0) return null;
  const text =
    `${loss.name} (${course(loss)}) and ${valLoss.name} (${course(valLoss)}) end close ` +
    `together and high, ${percent(1 - rate)} of the first loss is left: the model may be too ` +
    'small or too tightly held.';
  return since(loss, loss.tail.start, { kind: 'underfitting', severity: 'warning', text });
};

/** The two curves taken together still come down: half of the noise of one is gone. */
function fallsOn(loss: Curve, valLoss: Curve): boolean {
  const { length } = loss.values;
  if (valLoss.values.length !== length)
    return [loss, valLoss].some(({ tail }) => tail.direction === 'falling');
  const ends = loss.values
    .map((value, i) => (value + (valLoss.values[i] ?? value)) / 2)
    .slice(loss.tail.start);
  return (
    isSurelyFalling(ends) && -slopeOf(ends) * (ends.length - 1) > 0.015 * Math.abs(loss.tail.level)
  );
}
