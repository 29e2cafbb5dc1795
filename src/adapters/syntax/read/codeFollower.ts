import type { CallExpression, Expression, Pattern } from '../code/code.ts';
import { itemsOf } from './compute.ts';
import type { Dialect } from './dialect.ts';
import type { LayerLedger } from './layerLedger.ts';
import { UNKNOWN } from './scope.ts';
import type { Instance, Meaning, Scope } from './scope.ts';
import type { ValueReader } from './values.ts';

/** What following a part of the code needs of the follower of the code around it. */
export interface CodeFollower {
  readonly ledger: LayerLedger;
  readonly values: ValueReader;
  readonly dialect: Dialect;
  evaluate(expression: Expression, scope: Scope): Meaning;
  /** A helper function or callback, with what it is given. */
  inlined(helper: Extract<Meaning, { kind: 'function' }>, args: readonly Meaning[]): Meaning;
  /** An object of a class of the file, its constructor run. */
  instance(code: Instance['code'] & object, scope: Scope, args: readonly Meaning[]): Instance;
  /** `super(…)`: the parent's fields and constructor, on the same object. */
  constructParent(
    parent: Extract<Meaning, { kind: 'class' }>,
    made: Instance,
    args: readonly Meaning[],
  ): void;
  /** What stands behind a name of an object: a field, a method, an output of a model. */
  memberOf(object: Meaning, property: string): Meaning;
  bindParameter(pattern: Pattern, given: Meaning, scope: Scope): void;
  /** Counts a statement; `false` once there were too many. */
  step(): boolean;
}

/** What a member of an object was set to that is not followed itself: `self.model`. */
export const setBefore = (
  { values }: Pick<CodeFollower, 'values'>,
  expression: Expression,
  scope: Scope,
): Meaning | null =>
  expression.kind === 'member'
    ? (scope.find(values.textOf(expression.span))?.meaning ?? null)
    : null;

/** What a call is given, lists that are spread in pieces. */
export const givenTo = (follower: CodeFollower, call: CallExpression, scope: Scope): Meaning[] =>
  call.arguments.flatMap(({ value }) => {
    const meaning = follower.evaluate(value, scope);
    return value.kind === 'spread' ? (itemsOf(meaning) ?? [UNKNOWN]) : [meaning];
  });
