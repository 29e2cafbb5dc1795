import type { Architecture } from '../architecture.ts';
import type { NamedValue, Value } from '../values.ts';
import type { DataShape } from './shape.ts';

/**
 * The architecture with the builder's own default values in place of its parameters; what the data
 * says goes before them.
 */
export function withDefaults(architecture: Architecture, data: DataShape | null): Architecture {
  const defaults = (architecture.builder.defaults ?? []).filter(
    ({ name }) => !data || !HANDED_IN.test(name),
  );
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
