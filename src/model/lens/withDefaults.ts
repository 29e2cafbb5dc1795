import type { Architecture } from '../architecture.ts';
import type { OfData } from '../dataParameters.ts';
import { list, number, type NamedValue, type Value } from '../values.ts';
import type { DataShape } from './shape.ts';

/**
 * The architecture with what the data says in place of the builder's parameters, and with their own
 * default values where it says nothing.
 */
export function withDefaults(architecture: Architecture, data: DataShape | null): Architecture {
  const handed = data ? handedBy(architecture, data) : [];
  const byDefault = (architecture.builder.defaults ?? []).filter(
    ({ name }) => !data || !HANDED_IN.test(name),
  );
  const defaults = [...handed, ...byDefault];
  if (defaults.length === 0) return architecture;
  const layers = architecture.layers.map((layer) => ({
    ...layer,
    arguments: layer.arguments.map((argument) => ({
      ...argument,
      value: resolved(argument.value, defaults),
    })),
  }));
  return { ...architecture, layers };
}

const handedBy = (
  { builder: { handed = [] } }: Architecture,
  data: DataShape,
): readonly NamedValue[] => handed.map(({ name, takes }) => ({ name, value: taken(takes, data) }));

function taken(takes: OfData, { inputShape, outputUnits }: DataShape): Value {
  if (takes.of === 'outputUnits') return number(outputUnits);
  return takes.axis === null
    ? list(...inputShape.map(number))
    : number(inputShape.at(takes.axis) ?? 1);
}

const HANDED_IN = /^(input(Shape|_shape)|output(Units|_units))$/;

function resolved(value: Value, defaults: readonly NamedValue[]): Value {
  if (value.kind === 'source')
    return defaults.find(({ name }) => name === value.text)?.value ?? value;
  if (value.kind === 'list')
    return { ...value, items: value.items.map((item) => resolved(item, defaults)) };
  if (value.kind !== 'call') return value;
  return {
    ...value,
    arguments: value.arguments.map(({ name, value: inner }) => ({
      name,
      value: resolved(inner, defaults),
    })),
  };
}
