import type { Expression, Parameter } from '../code/tree.ts';
import { Scope } from './scope.ts';
import { constant, listOf, unknown } from './values.ts';
import type { Py, FunctionValue, GivenValue, Given } from './py.ts';

interface Evaluating {
  evaluate(expression: Expression, scope: Scope): Py;
}

/** Gives a function's parameters what the call hands in, else their defaults. */
export function bindParameters(
  follow: Evaluating,
  { callee, scope, given }: { callee: FunctionValue; scope: Scope; given: Given },
): void {
  const waiting = [...given.positional];
  const named = new Map(given.named);
  const { parameters } = callee.code;
  for (const parameter of parameters) {
    if (parameter.stars > 0) continue;
    const handed =
      named.get(parameter.name) ?? (afterStar(parameters, parameter) ? undefined : waiting.shift());
    named.delete(parameter.name);
    scope.assign(parameter.name, valueOf(follow, { handed, parameter, callee }));
  }
  bindRest(parameters, { scope, waiting, named });
}

const afterStar = (parameters: readonly Parameter[], parameter: Parameter): boolean => {
  const star = parameters.findIndex(({ stars }) => stars === 1);
  return star >= 0 && parameters.indexOf(parameter) > star;
};

function valueOf(
  follow: Evaluating,
  at: { handed: GivenValue | undefined; parameter: Parameter; callee: FunctionValue },
): Py {
  if (at.handed) return at.handed.value;
  const { byDefault, name } = at.parameter;
  return byDefault ? follow.evaluate(byDefault, new Scope(at.callee.scope)) : unknown(name);
}

function bindRest(
  parameters: readonly Parameter[],
  {
    scope,
    waiting,
    named,
  }: { scope: Scope; waiting: GivenValue[]; named: Map<string, GivenValue> },
): void {
  for (const { name, stars } of parameters) {
    if (stars === 1)
      scope.assign(
        name,
        listOf(
          waiting.map(({ value }) => value),
          'tuple',
        ),
      );
    if (stars === 2)
      scope.assign(name, {
        kind: 'dictionary',
        entries: new Map([...named].map(([key, { value }]) => [key, value])),
      });
  }
}

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
