import type { Layer } from './architecture.ts';
import type { Value } from './values.ts';

/** The value of a layer's argument as written; `null` when the layer does not name it. */
export const argumentOf = (layer: Layer, name: string): Value | null =>
  layer.arguments.find((argument) => argument.name === name)?.value ?? null;

/** A number written in the builder; `null` for anything else. */
export function numberOf(layer: Layer, name: string): number | null {
  const value = argumentOf(layer, name);
  return value?.kind === 'number' ? value.value : null;
}

/** A string written in the builder; `null` for anything else. */
export function stringOf(layer: Layer, name: string): string | null {
  const value = argumentOf(layer, name);
  return value?.kind === 'string' ? value.value : null;
}

/** A truth value written in the builder, or the runtime's default where it is not written. */
export function flagOf(layer: Layer, name: string, byDefault: boolean): boolean {
  const value = argumentOf(layer, name);
  return value?.kind === 'boolean' ? value.value : byDefault;
}

/** A list of numbers, e.g. a shape; `null` when any item is something else. */
export function numbersOf(layer: Layer, name: string): readonly number[] | null {
  const value = argumentOf(layer, name);
  if (value?.kind !== 'list') return null;
  const numbers = value.items.map((item) => (item.kind === 'number' ? item.value : null));
  return numbers.includes(null) ? null : numbers.filter((item) => item !== null);
}

/**
 * One number for each of `rank` dimensions, written as a list or as one number for all; `byDefault`
 * where it is not written, `null` where it cannot be read.
 */
export function sizesOf(
  layer: Layer,
  name: string,
  rank: number,
  byDefault: number,
): readonly number[] | null {
  const single = argumentOf(layer, name) ? numberOf(layer, name) : byDefault;
  if (single !== null) return Array.from({ length: rank }, () => single);
  const sizes = numbersOf(layer, name);
  return sizes?.length === rank ? sizes : null;
}

/**
 * The activation a layer applies by itself: `linear` where none is written, `unknown` for the
 * user's own.
 */
export const ownActivation = (layer: Layer): string =>
  argumentOf(layer, 'activation') ? (stringOf(layer, 'activation') ?? 'unknown') : 'linear';

/**
 * A layer written inside another (`bidirectional({ layer: … })`) with the place of the outer one;
 * `null` for anything but a call.
 */
export function innerLayer(outer: Layer, value: Value | null): Layer | null {
  if (value?.kind !== 'call') return null;
  const type = value.callee.replace(/^layers\./, '');
  return {
    ...outer,
    type,
    arguments: value.arguments.map(({ name, value: own }) => ({
      name,
      value: own,
      range: outer.range,
      constant: null,
    })),
  };
}
