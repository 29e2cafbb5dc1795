import type { ClassStatement, Expression, FunctionStatement, Statement } from '../code/tree.ts';
import { combined } from './constants.ts';
import type { Follow } from './follow.ts';
import { libraryPath, normalized } from './library.ts';
import type { Py } from './py.ts';
import type { Scope } from './scope.ts';
import { tensorsIn, unknown } from './values.ts';

/** What following statements needs beside expressions. */
export interface FollowStatements extends Follow {
  define(statement: FunctionStatement, scope: Scope): Py;
  defineClass(statement: ClassStatement, scope: Scope): Py;
}

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Runs a statement behind which the next one follows. */
export function runSimple(follow: FollowStatements, statement: Statement, scope: Scope): void {
  switch (statement.kind) {
    case 'assign':
      return assign(follow, statement, scope);
    case 'augment':
      return augment(follow, statement, scope);
    case 'expression':
      return void follow.evaluate(statement.value, scope);
    case 'function':
      return scope.assign(statement.name, follow.define(statement, scope));
    case 'class':
      return scope.assign(statement.name, follow.defineClass(statement, scope));
    case 'import':
      return bindImports(statement, scope);
    default:
      return;
  }
}

function assign(follow: Follow, statement: Of<'assign'>, scope: Scope): void {
  if (!statement.value) return;
  const value = follow.evaluate(statement.value, scope);
  for (const target of statement.targets) follow.assign(target, value, scope);
}

/** `x += y`; a list grows where everybody sees it. */
function augment(follow: Follow, statement: Of<'augment'>, scope: Scope): void {
  const old = follow.evaluate(statement.target, scope);
  const { target, operator, span, value } = statement;
  const added = follow.evaluate(value, scope);
  if (old.kind === 'list' && added.kind === 'list' && operator === '+')
    return void old.items.push(...added.items);
  if (old.kind === 'tensor' || tensorsIn(added).length > 0) {
    const sum: Expression = { kind: 'binary', span, operator, left: target, right: value };
    return follow.assign(target, follow.evaluate(sum, scope), scope);
  }
  const result = combined(operator, old, added) ?? unknown(follow.reader.slice(target));
  follow.assign(target, result, scope);
}

function bindImports({ bindings }: Of<'import'>, scope: Scope): void {
  for (const { name, module, member } of bindings) {
    if (name === '*') {
      scope.importEverything(normalized(libraryPath(module, null) ?? module));
      continue;
    }
    const path = libraryPath(module, member);
    if (path !== null) scope.assign(name, { kind: 'library', path });
    else if (!scope.has(name)) scope.assign(name, { kind: 'unknown', text: name, from: module });
  }
}
