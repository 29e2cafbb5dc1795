import { isFalling, middle, slopeOf } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { course, percent, since } from './finding.ts';
import { improvementRateOf } from './improvementRate.ts';

/** The loss falls all the time, evenly, and hardly: less than 10 % over the run. */
export const creeping: FindingRule = (run) => {
  const { loss } = run;
  if (!loss || improvementRateOf(run) === null || loss.values.length < 6) return null;
  const { values, noise } = loss;
  const fall = middle(values.slice(0, 3)) - middle(values.slice(-3));
  const share = fall / Math.abs(middle(values.slice(0, 3)));
  const even = slopeOf(values.slice(Math.floor(values.length / 2))) < 0.33 * slopeOf(values);
  if (!even || !isFalling(values) || fall <= 3 * noise || share >= 0.1 || share < 0.002) return null;
  const text = `loss creeps: it falls evenly but by ${percent(share)} in ${values.length} epochs (${course(loss)}); the learning rate may be too low.`;
  return since(loss, null, { kind: 'creeping', severity: 'warning', text });
};
