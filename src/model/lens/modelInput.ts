import type { Layer } from '../architecture.ts';
import { argumentOf, numberOf, numbersOf } from '../layerArguments.ts';
import type { Value } from '../values.ts';
import type { DataShape, InferredShape, Shape } from './shape.ts';

/**
 * What the first layer reads: its own literal shape, or the data's where the builder hands its
 * `inputShape` on.
 */
export function modelInput(layer: Layer, data: DataShape | null): InferredShape {
  const batched = ['batchInputShape', 'batchShape'].find((name) => argumentOf(layer, name));
  if (batched) return numbersIn(argumentOf(layer, batched), 1) ?? 'unknown';
  if (layer.type !== 'embedding' && argumentOf(layer, 'inputDim')) {
    const width = numberOf(layer, 'inputDim');
    return width === null ? 'unknown' : [width];
  }
  return statedInput(layer, data);
}

function statedInput(layer: Layer, data: DataShape | null): InferredShape {
  const name = argumentOf(layer, 'inputShape') ? 'inputShape' : 'shape';
  const written = argumentOf(layer, name);
  if (written?.kind === 'list') return numbersOf(layer, name) ?? 'unknown';
  const handedOn = !written || (written.kind === 'source' && INPUT_SHAPE.test(written.text));
  return handedOn ? (data?.inputShape ?? 'unknown') : 'unknown';
}

const INPUT_SHAPE = /(^|\.)input(Shape|_shape)( as .*)?$/;

function numbersIn(value: Value | null, from: number): Shape | null {
  if (value?.kind !== 'list') return null;
  const numbers = value.items
    .slice(from)
    .map((item) => (item.kind === 'number' ? item.value : null));
  return numbers.includes(null) ? null : numbers.filter((number) => number !== null);
}
