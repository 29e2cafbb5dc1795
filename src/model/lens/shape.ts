import type { Layer } from '../architecture.ts';
import { argumentOf, numberOf } from '../layerArguments.ts';
import type { Language } from '../modelFile.ts';

/** Sizes of one example, without the batch dimension. */
export type Shape = readonly number[];

/**
 * A shape, or why there is none: `unknown` could not be read from the source, `impossible` cannot
 * be built.
 */
export type InferredShape = Shape | 'unknown' | 'impossible';

/** What the builder is handed: `{ inputShape, outputUnits }`. */
export interface DataShape {
  readonly inputShape: readonly number[];
  readonly outputUnits: number;
}

/** What a rule may know beside the layer and its inputs. */
export interface Surroundings {
  readonly data: DataShape | null;
  readonly language: Language;
}

/** The output shape of one kind of layer from the shapes it reads; there is at least one. */
export type ShapeRule = (
  layer: Layer,
  inputs: readonly [Shape, ...Shape[]],
  surroundings: Surroundings,
) => InferredShape;

/** How many numbers a tensor of this shape holds. */
export const sizeOf = (shape: Shape): number =>
  shape.reduce((product, dimension) => product * dimension, 1);

/** The last dimension. */
export const lastOf = (shape: Shape): number => shape.at(-1) ?? 1;

/** A shape that is known. */
export const isKnown = (shape: InferredShape | undefined): shape is Shape => Array.isArray(shape);

/** Units of a layer: written as a number, or as the builder's own `outputUnits`. */
export function unitsOf(layer: Layer, data: DataShape | null): number | null {
  const units = argumentOf(layer, 'units');
  if (units?.kind === 'source' && OUTPUT_UNITS.test(units.text)) return data?.outputUnits ?? null;
  return numberOf(layer, 'units');
}

const OUTPUT_UNITS = /(^|\.)output(Units|_units)$/;
