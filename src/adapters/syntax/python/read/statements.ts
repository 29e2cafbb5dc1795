import type { ClassStatement, Expression, FunctionStatement, Statement } from '../code/tree.ts';
import { combined } from './constants.ts';
import type { Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import { libraryPath, normalized } from './library.ts';
import type { Scope } from './scope.ts';
import { NONE, tensorsIn, truth, unknown } from './values.ts';
import type { Py } from './py.ts';

/** What following statements needs beside expressions. */
interface FollowStatements extends Follow {
  assign(target: Expression, value: Py, scope: Scope): void;
  define(statement: FunctionStatement, scope: Scope): Py;
  defineClass(statement: ClassStatement, scope: Scope): Py;
}

/** How a list of statements ended. */
type End = 'through' | 'return' | 'break' | 'continue';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

const LONGEST_LOOP = 512;
/** A loop that makes no layers is not followed further. */
const IDLE_TURNS = 8;

/** Runs statements. */
export class StatementFollower {
  readonly #follow: FollowStatements;
  #returned: Py | null = null;
  /** What was returned where it is not known whether the code runs. */
  #perhaps: Py | null = null;

  constructor(follow: FollowStatements) {
    this.#follow = follow;
  }

  /** A function's body: what it gives back. */
  body(statements: readonly Statement[], scope: Scope): Py {
    const outer = [this.#returned, this.#perhaps] as const;
    [this.#returned, this.#perhaps] = [null, null];
    this.run(statements, scope);
    const result = this.#returned ?? this.#perhaps ?? NONE;
    [this.#returned, this.#perhaps] = outer;
    return result;
  }

  run(statements: readonly Statement[], scope: Scope): End {
    for (const statement of statements) {
      const end = this.#statement(statement, scope);
      if (end !== 'through') return end;
    }
    return 'through';
  }

  #statement(statement: Statement, scope: Scope): End {
    this.#follow.ledger.statement = statement;
    switch (statement.kind) {
      case 'return':
        this.#returned = statement.value ? this.#follow.evaluate(statement.value, scope) : NONE;
        return 'return';
      case 'if':
        return this.#if(statement, scope);
      case 'for':
        return this.#for(statement, scope);
      case 'while':
        return this.#while(statement, scope);
      case 'block':
        return this.#block(statement, scope);
      case 'break':
      case 'continue':
        return statement.kind;
      case 'raise':
        return 'return';
      default:
        this.#simple(statement, scope);
        return 'through';
    }
  }

  #simple(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'assign':
        return this.#assign(statement, scope);
      case 'augment':
        return this.#augment(statement, scope);
      case 'expression':
        return void this.#follow.evaluate(statement.value, scope);
      case 'function':
        return scope.assign(statement.name, this.#follow.define(statement, scope));
      case 'class':
        return scope.assign(statement.name, this.#follow.defineClass(statement, scope));
      case 'import':
        return this.#import(statement, scope);
      default:
        return;
    }
  }

  #assign(statement: Of<'assign'>, scope: Scope): void {
    if (!statement.value) return;
    const value = this.#follow.evaluate(statement.value, scope);
    for (const target of statement.targets) this.#follow.assign(target, value, scope);
  }

  /** `x += y`; a list grows where everybody sees it. */
  #augment(statement: Of<'augment'>, scope: Scope): void {
    const old = this.#follow.evaluate(statement.target, scope);
    const { target, operator, span, value } = statement;
    const added = this.#follow.evaluate(value, scope);
    if (old.kind === 'list' && added.kind === 'list' && operator === '+')
      return void old.items.push(...added.items);
    if (old.kind === 'tensor' || tensorsIn(added).length > 0) {
      const sum: Expression = { kind: 'binary', span, operator, left: target, right: value };
      return this.#follow.assign(target, this.#follow.evaluate(sum, scope), scope);
    }
    const result = combined(operator, old, added) ?? unknown(this.#follow.reader.slice(target));
    this.#follow.assign(target, result, scope);
  }

  #import({ bindings }: Of<'import'>, scope: Scope): void {
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

  #if({ branches }: Of<'if'>, scope: Scope): End {
    for (const [index, { condition, body }] of branches.entries()) {
      const known = condition ? truth(this.#follow.evaluate(condition, scope)) : true;
      if (known === false) continue;
      if (known) return this.run(body, scope);
      return this.#perhapsIf(branches.slice(index), scope);
    }
    return 'through';
  }

  /** Both ways, each from what was known before; the first way's values stay. */
  #perhapsIf(branches: Of<'if'>['branches'], scope: Scope): End {
    const [first, ...others] = branches;
    if (!first) return 'through';
    if (raises(first.body)) return this.#if({ kind: 'if', span: NOWHERE, branches: others }, scope);
    const before = new Map(scope.own());
    const wasReturned = this.#returned;
    const ends = this.#uncertainly(first.body, scope);
    const after = new Map(scope.own());
    scope.restore(before);
    if (ends === 'return') {
      this.#perhaps ??= this.#returned;
      this.#returned = wasReturned;
      return this.#if({ kind: 'if', span: NOWHERE, branches: others }, scope);
    }
    const otherwise = others.at(-1);
    if (otherwise) this.#uncertainly(otherwise.body, scope);
    this.#returned = wasReturned;
    scope.restore(kept(after, before));
    return 'through';
  }

  #uncertainly(body: readonly Statement[], scope: Scope): End {
    return this.#follow.ledger.uncertainly(() => this.run(body, scope));
  }

  #for(statement: Of<'for'>, scope: Scope): End {
    const items = iterated(this.#follow.evaluate(statement.iterable, scope));
    if (!items) {
      this.#unknownLoop(statement, scope);
      return 'through';
    }
    const long = items.length > LONGEST_LOOP / 4;
    const end = this.#turns(long ? IDLE_TURNS : Infinity, statement.body, scope, (turn) => {
      const item = turn < LONGEST_LOOP ? items[turn] : undefined;
      if (item) this.#follow.assign(statement.target, item, scope);
      return item !== undefined;
    });
    if (end !== 'through') return end === 'return' ? end : 'through';
    return this.run(statement.otherwise, scope);
  }

  /** One turn after the other, until there is none or nothing comes of them any more. */
  #turns(
    idleTurns: number,
    body: readonly Statement[],
    scope: Scope,
    next: (turn: number) => boolean,
  ): End {
    let idle = 0;
    for (let turn = 0; idle <= idleTurns && next(turn); turn += 1) {
      const before = this.#made();
      const end = this.run(body, scope);
      if (end === 'return' || end === 'break') return end;
      idle = this.#made() === before ? idle + 1 : 0;
    }
    return 'through';
  }

  #made(): number {
    const { ledger } = this.#follow;
    return ledger.drafts + ledger.layers.length;
  }

  #unknownLoop(statement: Of<'for'>, scope: Scope): void {
    const { ledger, reader } = this.#follow;
    const before = this.#made();
    this.#follow.assign(statement.target, unknown(reader.slice(statement.target)), scope);
    const returned = this.#returned;
    if (this.#uncertainly(statement.body, scope) === 'return') this.#perhaps ??= this.#returned;
    this.#returned = returned;
    if (this.#made() > before)
      ledger.obstacle(
        statement.span,
        `how often the loop over \`${reader.slice(statement.iterable)}\` runs is not known`,
      );
  }

  #while(statement: Of<'while'>, scope: Scope): End {
    const end = this.#turns(IDLE_TURNS, statement.body, scope, (turn) => {
      const known = truth(this.#follow.evaluate(statement.condition, scope));
      if (known === null) this.#uncertainly(statement.body, scope);
      return known === true && turn < LONGEST_LOOP;
    });
    return end === 'return' ? end : 'through';
  }

  #block({ heads, body }: Of<'block'>, scope: Scope): End {
    for (const { value, target } of heads) {
      const opened = this.#follow.evaluate(value, scope);
      if (target) this.#follow.assign(target, opened, scope);
    }
    return this.run(body, scope);
  }
}

const NOWHERE = { start: 0, end: 0 };

/** A check that ends in an error: it does not run in a model that is built. */
const raises = (body: readonly Statement[]): boolean =>
  body.every(({ kind }) => kind === 'raise' || kind === 'expression' || kind === 'other') &&
  body.some(({ kind }) => kind === 'raise');

/** What a way changed. Numbers that differ are no longer known; layers and tensors stay. */
function kept(after: ReadonlyMap<string, Py>, before: ReadonlyMap<string, Py>): Map<string, Py> {
  const result = new Map<string, Py>();
  for (const [name, value] of after) {
    const old = before.get(name);
    const differs = old !== undefined && old !== value && value.kind === 'constant';
    result.set(name, differs ? unknown(name) : value);
  }
  return result;
}
