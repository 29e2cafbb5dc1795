import type { Expression, Parameter } from '../code/tree.ts';
import { Scope } from './scope.ts';
import { listOf, unknown } from './values.ts';
import type { Py, FunctionValue, GivenValue, Given } from './py.ts';

/** What binding parameters needs of the interpreter. */
export interface Evaluating {
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
