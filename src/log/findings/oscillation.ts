import { middle } from '../robust.ts';
import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/**
 * Shares of the level from which steps are too long: the middle size of a step where they go up and
 * down in turn, the noise where they only turn often; and the shares of the epochs at which the
 * curve then turns (chance alone turns at two of three).
 */
const SWINGS = { step: 0.1, inTurn: 0.78, noise: 0.14, often: 0.4 } as const;

/**
 * A spike stands out of its neighbours by so many times what points usually do, and by this share
 * of their level.
 */
const SPIKE = { times: 5.5, share: 0.2 } as const;

/**
 * The training loss swings up and down from epoch to epoch, or leaps up and comes back more than
 * once.
 */
export const oscillation: FindingRule = ({ loss }) => {
  if (!loss || loss.values.length < 6) return null;
  const swing = swingOf(loss);
  if (swing !== null) {
    const text =
      `${loss.name} swings by about ${percent(swing)} from epoch to epoch: the learning rate ` +
      'may be too high.';
    return since(loss, null, { kind: 'oscillation', severity: 'warning', text });
  }
  const spikes = spikesOf(loss);
  if (spikes.length < 2) return null;
  const epochs = spikes
    .slice(0, 5)
    .map((at) => loss.epochs[at])
    .join(', ');
  const text =
    `${loss.name} leaps up and comes back ${spikes.length} times (epochs ` +
    `${epochs}${spikes.length > 5 ? ' …' : ''}): the learning rate may be too high, or ` +
    'gradients need clipping.';
  return {
    ...since(loss, spikes[0] ?? 0, { kind: 'oscillation', severity: 'warning', text }),
    lines: spikes.flatMap((at) => loss.lines[at] ?? []),
  };
};

/** The size of the swings as a share of the level; `null` where there are none. */
function swingOf({ values, noise }: Curve): number | null {
  const half = values.slice(Math.floor(values.length / 2));
  const level = Math.max(Math.abs(middle(half)), Number.MIN_VALUE);
  const step =
    middle(half.slice(1).map((value, i) => Math.abs(value - (half[i] ?? value)))) / level;
  const turned = turns(values);
  if (step >= SWINGS.step && turned >= SWINGS.inTurn && turns(half) >= SWINGS.inTurn) return step;
  return noise / level >= SWINGS.noise && turned >= SWINGS.often ? noise / level : null;
}

/**
 * Indices of points far above the median of the two before and the two after them, beside how far
 * points usually are from theirs.
 */
function spikesOf({ values }: Curve): number[] {
  const around = values.map((_, i) =>
    middle([...values.slice(Math.max(0, i - 2), i), ...values.slice(i + 1, i + 3)]),
  );
  const usual = middle(values.map((value, i) => Math.abs(value - (around[i] ?? value))));
  return values.flatMap((value, i) => {
    const level = around[i] ?? value;
    const peak = value > Math.max(values[i - 1] ?? Infinity, values[i + 1] ?? value - 1);
    return peak &&
      value - level > SPIKE.times * usual &&
      value - level > SPIKE.share * Math.abs(level)
      ? [i]
      : [];
  });
}

/** Share of inner points at which the curve turns round. */
function turns(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.sign(value - (values[i] ?? value)));
  const turned = steps.slice(1).filter((step, i) => step * (steps[i] ?? 0) < 0);
  return turned.length / Math.max(1, steps.length - 1);
}
