import type { Random } from '../../ports/random.ts';

/** What a dimension may take. */
export type Value = string | number;

/** Name of a dimension → what it takes; what is not named has its first value. */
export type Configuration = Readonly<Record<string, Value>>;

interface Named {
  readonly name: string;
  /** Looked at only where another dimension takes one of these values. */
  readonly when?: { readonly name: string; readonly is: readonly Value[] };
}

/** A number between two others, both allowed. */
export interface NumberDimension extends Named {
  readonly kind: 'real' | 'integer';
  readonly low: number;
  readonly high: number;
  /** Searched by its logarithm. */
  readonly log: boolean;
  /** What it is in the model file as it stands. */
  readonly initial: number;
}

/** One of several values without an order. */
export interface ChoiceDimension extends Named {
  readonly kind: 'categorical';
  readonly choices: readonly Value[];
  readonly initial: Value;
  /** How likely chance leaves it at `initial`, 0–1; absent: as likely as any other. */
  readonly rest?: number;
}

export type Dimension = NumberDimension | ChoiceDimension;

/** Digits that a real number is written with: a diff should be readable. */
const DIGITS = 2;

/** Where a number lies between the ends of its dimension, 0–1. */
export function toUnit({ low, high, log }: NumberDimension, value: number): number {
  if (high === low) return 0.5;
  const scale = log ? Math.log : (x: number): number => x;
  const share = (scale(value) - scale(low)) / (scale(high) - scale(low));
  return Math.min(1, Math.max(0, share));
}

/** The number at a share of the way from one end to the other; see {@link toUnit}. */
export function fromUnit(dimension: NumberDimension, share: number): number {
  const { kind, low, high, log } = dimension;
  const at = Math.min(1, Math.max(0, share));
  const value = log ? low * (high / low) ** at : low + (high - low) * at;
  const written = kind === 'integer' ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return Math.min(high, Math.max(low, written));
}

/** Whether a value is one of the dimension's. */
export const takes = (dimension: Dimension, value: Value): boolean =>
  dimension.kind === 'categorical'
    ? dimension.choices.includes(value)
    : Number(value) >= dimension.low && Number(value) <= dimension.high;

/** Any value of the dimension, by chance. */
export const drawValue = (dimension: Dimension, random: Random): Value =>
  dimension.kind === 'categorical'
    ? pick(dimension.choices, priorWeights(dimension), random)
    : fromUnit(dimension, random.next());

/** How likely each choice is before anything is known; they add up to 1. */
export function priorWeights({ choices, initial, rest }: ChoiceDimension): readonly number[] {
  const stay = rest ?? 1 / choices.length;
  return choices.map((choice) =>
    choice === initial ? stay : (1 - stay) / Math.max(1, choices.length - 1),
  );
}

/** One of several by their weights, which need not add up to 1. */
export function pick<Item>(
  items: readonly Item[],
  weights: readonly number[],
  random: Random,
): Item {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, item] of items.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return item;
  }
  const last = items.at(-1);
  if (last === undefined) throw new Error('There is nothing to pick from.');
  return last;
}
