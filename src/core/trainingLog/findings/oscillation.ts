import { middle } from '../robust.ts';
import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/** Noise of the training loss, as a share of its level, from which steps are too long. */
const ROUGH = 0.1;

/** A spike stands out of its neighbours by so many standard deviations, and by this share of their level. */
const SPIKE = { deviations: 8, share: 0.2 } as const;

/** The training loss swings up and down from epoch to epoch, or leaps up and comes back more than once. */
export const oscillation: FindingRule = ({ loss }) => {
  if (!loss || loss.values.length < 6) return null;
  const half = loss.values.slice(Math.floor(loss.values.length / 2));
  const swing = loss.noise / Math.max(Math.abs(middle(half)), Number.MIN_VALUE);
  if (swing >= ROUGH && turns(loss.values) >= 0.4) {
    const text = `${loss.name} swings by about ${percent(swing)} from epoch to epoch: the learning rate may be too high.`;
    return since(loss, null, { kind: 'oscillation', severity: 'warning', text });
  }
  const spikes = spikesOf(loss);
  if (spikes.length < 2) return null;
  const epochs = spikes.slice(0, 5).map((at) => loss.epochs[at]).join(', ');
  const text = `${loss.name} leaps up and comes back ${spikes.length} times (epochs ${epochs}${spikes.length > 5 ? ' …' : ''}): the learning rate may be too high, or gradients need clipping.`;
  return { ...since(loss, spikes[0] ?? 0, { kind: 'oscillation', severity: 'warning', text }), lines: spikes.flatMap((at) => loss.lines[at] ?? []) };
};

/** Indices of points far above the median of the two before and the two after them. */
function spikesOf({ values, noise }: Curve): number[] {
  return values.flatMap((value, i) => {
    const around = middle([...values.slice(Math.max(0, i - 2), i), ...values.slice(i + 1, i + 3)]);
    const height = value - Math.max(around, values[i - 1] ?? Infinity);
    return height > SPIKE.deviations * noise && height > SPIKE.share * Math.abs(around) ? [i] : [];
  });
}

/** Share of inner points at which the curve turns round. */
function turns(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.sign(value - (values[i] ?? value)));
  const turned = steps.slice(1).filter((step, i) => step * (steps[i] ?? 0) < 0);
  return turned.length / Math.max(1, steps.length - 1);
}
