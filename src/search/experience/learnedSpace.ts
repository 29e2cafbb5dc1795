import type { ChoiceDimension, Configuration, Dimension } from '../space/dimension.ts';
import { UNUSED } from '../space/operatorLevers.ts';
import { Space } from '../space/space.ts';
import { takes, toUnit, fromUnit } from '../space/dimension.ts';
import { rankedOf, type PastSweep, type Use } from './experience.ts';

/** Used so often without paying once, an operator is left out. */
const ENOUGH = 8;
/** Chance that one of two uses pays where nothing is known. */
const USUAL = 1 / 3;
/** How far experience moves the chance that an operator is drawn. */
const LEAST = 0.02;
const MOST = 0.5;

/** A space as experience has it. */
export interface Learned {
  readonly space: Space;
  /** Names of operators that never paid, and are not in it. */
  readonly leftOut: readonly string[];
}

/**
 * Draws operators by what they came to, and leaves out those that were used often and never paid;
 * what they bring along goes with them.
 */
export function learnedSpace(space: Space, uses: ReadonlyMap<string, Use>): Learned {
  const isHopeless = (name: string): boolean => {
    const { tries = 0, paid = 0 } = uses.get(name) ?? {};
    return tries >= ENOUGH && paid === 0;
  };
  const leftOut = space.dimensions
    .filter(isOperator)
    .map(({ name }) => name)
    .filter(isHopeless);
  const kept = space.dimensions
    .filter(({ name, when }) => !leftOut.includes(name) && !leftOut.includes(when?.name ?? ''))
    .map((dimension) => weighted(dimension, uses.get(dimension.name)));
  return { space: new Space(kept), leftOut };
}

const isOperator = (dimension: Dimension): dimension is ChoiceDimension =>
  dimension.kind === 'categorical' && dimension.initial === UNUSED;

function weighted(dimension: Dimension, use: Use | undefined): Dimension {
  if (!use || !isOperator(dimension)) return dimension;
  const { choices, rest = 1 / choices.length } = dimension;
  const pays = (use.paid + USUAL) / (use.tries + 1);
  const used = Math.min(MOST, Math.max(LEAST, ((1 - rest) * pays) / USUAL));
  return { ...dimension, rest: 1 - used };
}

/**
 * What was best in a sweep of another model, as a configuration of this space: choices that it
 * has, too, and numbers moved as far as they were moved there; `null` where nothing is left of it.
 */
export function borrowed(sweep: PastSweep, space: Space): Configuration | null {
  const [best] = rankedOf(sweep);
  const [start] = sweep.configurations;
  if (!best || !start || best.score === null) return null;
  const values = Object.fromEntries(
    space.dimensions.flatMap((dimension) => {
      const there = best.values[dimension.name];
      const from = start.values[dimension.name];
      if (there === undefined || there === from) return [];
      const value =
        typeof there === 'number' && typeof from === 'number' && dimension.kind !== 'categorical'
          ? moved(dimension, there, from)
          : there;
      return takes(dimension, value) ? [[dimension.name, value] as const] : [];
    }),
  );
  return Object.keys(values).length === 0 ? null : space.complete(values);
}

/** As many times as large, or as much larger, as it became there. */
function moved(
  dimension: Exclude<Dimension, ChoiceDimension>,
  there: number,
  from: number,
): number {
  const { initial, log } = dimension;
  const value = log && from > 0 ? (initial * there) / from : initial + there - from;
  return fromUnit(dimension, toUnit(dimension, value));
}
