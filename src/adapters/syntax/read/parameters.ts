import type { BuilderChoice } from '../../../model/modelFile.ts';
import type { CallExpression, Pattern } from '../code/code.ts';
import type { BuilderCode } from '../code/moduleCode.ts';
import type { CodeFollower } from './codeFollower.ts';
import { NOTHING, UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';
import { chosen } from './chosenArguments.ts';

/** Names of parameters that take the study's data: never read as a value the file gives them. */
const OF_DATA =
  /^(inputShape|input_shape|outputUnits|output_units|numClasses|num_classes|nClasses|outputSize)$/;

/**
 * Gives the builder's parameters what they are called with: what the study says, else what the file
 * itself calls it with, else their defaults. What nobody says stays unknown, except the runtime
 * (`buildModel(tf, …)`).
 */
export function bindParameters(
  follower: CodeFollower,
  { builder, call, choice }: Bound,
  scope: Scope,
): void {
  for (const [index, pattern] of builder.function.parameters.entries()) {
    const seen = call?.arguments[index];
    const observed = call ? (seen ? follower.evaluate(seen.value, scope) : NOTHING) : UNKNOWN;
    const given = chosen(choice, pattern, index) ?? (isOfData(pattern) ? UNKNOWN : observed);
    follower.bindParameter(pattern, given, scope);
    bindUnknown(pattern, follower, { given, scope });
  }
}

/** A builder, how the file calls it (where that is clear), and what the study says. */
export interface Bound {
  readonly builder: BuilderCode;
  readonly call: CallExpression | null;
  readonly choice: BuilderChoice;
}

const isOfData = (pattern: Pattern): boolean =>
  pattern.kind === 'name' && OF_DATA.test(pattern.name);

/** The names of a pattern that nobody gives anything: their defaults, or the runtime. */
function bindUnknown(
  pattern: Pattern,
  follower: CodeFollower,
  { given, scope }: { readonly given: Meaning; readonly scope: Scope },
): void {
  if (given.kind !== 'unknown') return;
  for (const { name, byDefault } of namesOf(pattern)) {
    if (/^(tf|tfjs|tfl)$/.test(name)) scope.declare(name, { kind: 'runtime', path: '' });
    else if (byDefault && !OF_DATA.test(name))
      scope.declare(name, follower.evaluate(byDefault, scope));
  }
}

function namesOf(
  pattern: Pattern,
): readonly { readonly name: string; readonly byDefault?: Expression }[] {
  if (pattern.kind === 'name') return [pattern];
  if (pattern.kind === 'members') return pattern.members;
  const names = pattern.kind === 'items' ? pattern.items : pattern.names;
  return names.flatMap((name) => (name === null ? [] : [{ name }]));
}

type Expression = NonNullable<Extract<Pattern, { kind: 'name' }>['byDefault']>;
