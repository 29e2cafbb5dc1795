import { isFalling, middle, slopeOf } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { course, percent, since } from './finding.ts';
import { improvementRateOf } from './improvementRate.ts';

/** The loss falls all the time, evenly, and hardly: less than 10 % over the run. */
export const creeping: FindingRule = (run) => {
  const { loss } = run;
  const rate = improvementRateOf(run);
  if (!loss || rate === null || loss.values.length < 5) return null;
  const third = Math.max(3, Math.floor(loss.values.length / 3));
  const [begin, end] = [slopeOf(loss.values.slice(0, third)), slopeOf(loss.values.slice(-third))];
  const fall = middle(loss.values.slice(0, 2)) - middle(loss.values.slice(-2));
  const even = end < 0 && end < 0.4 * begin;
  if (!even || !isFalling(loss.values) || fall <= 3 * loss.noise || rate >= 0.1 || rate < 0.002) return null;
  const text = `loss creeps: it falls evenly but by ${percent(rate)} in ${loss.values.length} epochs (${course(loss)}); the learning rate may be too low.`;
  return since(loss, null, { kind: 'creeping', severity: 'warning', text });
};
