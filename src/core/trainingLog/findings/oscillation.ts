import { middle } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/** Noise of the training loss, as a share of its level, from which steps are too long. */
const ROUGH = 0.1;

/** The training loss swings up and down from epoch to epoch. */
export const oscillation: FindingRule = ({ loss }) => {
  if (!loss || loss.values.length < 6) return null;
  const half = loss.values.slice(Math.floor(loss.values.length / 2));
  const swing = loss.noise / Math.max(Math.abs(middle(half)), Number.MIN_VALUE);
  if (swing < ROUGH || turns(loss.values) < 0.4) return null;
  const text = `loss swings by about ${percent(swing)} from epoch to epoch: the learning rate may be too high.`;
  return since(loss, null, { kind: 'oscillation', severity: 'warning', text });
};

/** Share of inner points at which the curve turns round. */
function turns(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.sign(value - (values[i] ?? value)));
  const turned = steps.slice(1).filter((step, i) => step * (steps[i] ?? 0) < 0);
  return turned.length / Math.max(1, steps.length - 1);
}
