import type { Parameter } from '../code/tree.ts';
import type { Evaluating } from './functions.ts';
import type { FunctionValue, Given, GivenValue, Py } from './py.ts';
import { Scope } from './scope.ts';
import { constant, unknown } from './values.ts';

/** What a study hands to a builder, by the names people give it. */
const HANDED_IN = /^(input(Shape|_shape)|output(Units|_units))$/;

/** A builder's own parameters: what it is handed keeps its name, the rest takes its default. */
export function ownParameters(
  follow: Evaluating,
  { callee, first }: { callee: FunctionValue; first: Given | undefined },
): Given {
  const named = new Map<string, GivenValue>();
  for (const [index, parameter] of callee.code.parameters.entries()) {
    if (parameter.stars > 0) continue;
    const called = first?.named.get(parameter.name) ?? first?.positional[index];
    const value = ownValue(follow, { callee, parameter, called: called?.value });
    if (value) named.set(parameter.name, { value, argument: null });
  }
  return { positional: [], named };
}

function ownValue(
  follow: Evaluating,
  at: { callee: FunctionValue; parameter: Parameter; called: Py | undefined },
): Py | null {
  const { name, byDefault } = at.parameter;
  const value = byDefault ? follow.evaluate(byDefault, new Scope(at.callee.scope)) : at.called;
  if (!value || !isPlain(value)) return byDefault ? null : unknown(name);
  if (!HANDED_IN.test(name)) return value;
  if (value.kind === 'constant') return { ...constant(value.value), handed: name } as Py;
  return value.kind === 'list' ? { ...value, handed: name } : unknown(name);
}

/** Made of constants, functions and classes of the file alone: no data. */
const isPlain = (value: Py): boolean =>
  ['constant', 'function', 'class', 'library'].includes(value.kind) ||
  (value.kind === 'list' && value.items.every(isPlain)) ||
  (value.kind === 'dictionary' && [...value.entries.values()].every(isPlain));
