import { toUnit, type Configuration, type Dimension } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';

/** A configuration and what it came to at one length of run; below is better. */
export interface Scored {
  readonly values: Configuration;
  readonly score: number;
}

/** How much of the differences between configurations one dimension explains by itself, 0–1. */
export interface Importance {
  readonly name: string;
  readonly share: number;
}

/** Fewer configurations tell nothing of any dimension. */
const LEAST = 12;
/** Numbers are told apart by so many parts of their range. */
const PARTS = 4;

/**
 * The share of the variance of ranks that lies between the values of a dimension, corrected for the
 * number of groups (ε², Kelley 1935): 0 where it makes no difference. The most important first.
 */
export function importances(space: Space, scored: readonly Scored[]): readonly Importance[] {
  if (scored.length < LEAST) return [];
  const ranked = scored
    .toSorted((a, b) => a.score - b.score)
    .map(({ values }, rank) => ({ values, rank }));
  return space.dimensions
    .map((dimension) => ({ name: dimension.name, share: shareOf(dimension, ranked) }))
    .toSorted((a, b) => b.share - a.share);
}

interface Ranked {
  readonly values: Configuration;
  readonly rank: number;
}

function shareOf(dimension: Dimension, ranked: readonly Ranked[]): number {
  const looked = ranked.filter(({ values }) => values[dimension.name] !== undefined);
  const groups = [...Map.groupBy(looked, ({ values }) => groupOf(dimension, values)).values()];
  const freedom = looked.length - groups.length;
  if (groups.length < 2 || freedom < 1) return 0;
  const [all, within] = [squares(looked), groups.reduce((sum, group) => sum + squares(group), 0)];
  const between = all - within - (groups.length - 1) * (within / freedom);
  return all === 0 ? 0 : Math.max(0, between / all);
}

function groupOf(dimension: Dimension, values: Configuration): unknown {
  const value = values[dimension.name];
  return dimension.kind === 'categorical'
    ? value
    : Math.min(PARTS - 1, Math.floor(PARTS * toUnit(dimension, Number(value))));
}

/** Sum of squared deviations from the mean rank. */
function squares(group: readonly Ranked[]): number {
  const mean = group.reduce((sum, { rank }) => sum + rank, 0) / group.length;
  return group.reduce((sum, { rank }) => sum + (rank - mean) ** 2, 0);
}
