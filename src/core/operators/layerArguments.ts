import type { Layer } from '../model/architecture.ts';
import type { Value } from '../model/values.ts';

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

/** A pair `[rows, columns]`, written as such or as one number for both; `byDefault` where it is not written, `null` where it cannot be read. */
export function pairOf(layer: Layer, name: string, byDefault: number): readonly [number, number] | null {
  if (!argumentOf(layer, name)) return [byDefault, byDefault];
  const single = numberOf(layer, name);
  if (single !== null) return [single, single];
  const [rows, columns] = numbersOf(layer, name) ?? [];
  return rows === undefined || columns === undefined ? null : [rows, columns];
}

/** The activation a layer applies by itself: `linear` where none is written, `unknown` for the user's own. */
export const ownActivation = (layer: Layer): string =>
  argumentOf(layer, 'activation') ? (stringOf(layer, 'activation') ?? 'unknown') : 'linear';
