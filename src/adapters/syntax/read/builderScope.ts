import type { CallExpression, Statement } from '../code/code.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import type { Follower } from './follow.ts';
import { Scope, UNKNOWN } from './scope.ts';

/** Statements of a builder at the top of the file are its own, not those around it. */
export const statementsAround = (
  { statements }: ModuleCode,
  { reach }: BuilderCode,
): readonly Statement[] =>
  reach?.kind === 'top'
    ? statements.filter(({ kind }) => kind === 'import' || kind === 'function' || kind === 'class')
    : statements;

/** What can be seen from the builder: names of the functions around it, and its object. */
export function scopeOf(follower: Follower, builder: BuilderCode, outside: Scope): Scope {
  let scope = outside;
  for (const { parameters, body } of builder.around ?? []) {
    scope = new Scope(scope);
    for (const pattern of parameters) follower.bindParameter(pattern, UNKNOWN, scope);
    follower.module(body, scope);
  }
  const inner = new Scope(scope);
  bindThis(follower, builder, inner);
  return inner;
}

/** What `this` is in a method: its object, as its constructor leaves or finds it. */
function bindThis(follower: Follower, builder: BuilderCode, inner: Scope): void {
  const { owner, reach } = builder;
  if (reach?.kind === 'method' && reach.of === 'object') bindObject(follower, reach.owner, inner);
  if (!owner) return;
  const self =
    builder.name === 'constructor'
      ? follower.unbuilt(owner, inner)
      : follower.ledger.uncertainly(() => follower.instance(owner, inner, []));
  inner.declare('this', self);
}

/** What `this` is in a method of an object at the top of the file. */
function bindObject(follower: Follower, name: string, scope: Scope): void {
  const found = scope.find(name)?.meaning;
  if (found?.kind !== 'record') return;
  const made = follower.ledger.uncertainly(() => follower.object(found));
  scope.declare('this', made);
  scope.declare(name, made);
}

/** The call in the file whose arguments are known best; `null` without one. */
export function clearestCall(
  { calls }: ModuleCode,
  { name, owner, span, reach }: BuilderCode,
  { follower, scope }: { follower: Follower; scope: Scope },
): CallExpression | null {
  const known = (call: CallExpression): number =>
    call.arguments.filter(({ value }) => follower.values.compute(value, scope).kind !== 'unknown')
      .length;
  const outside = (calls.get(name === 'constructor' ? (owner?.name ?? name) : name) ?? []).filter(
    (call) => call.span.start < span.start || call.span.end > span.end,
  );
  const [best] = outside.toSorted((a, b) => known(b) - known(a));
  return reach?.kind === 'top' ? null : (best ?? null);
}
