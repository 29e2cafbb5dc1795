import type { Statement } from '../code/tree.ts';
import { LoopFollower } from './loops.ts';
import type { End } from './loops.ts';
import type { Scope } from './scope.ts';
import { runSimple } from './simpleStatements.ts';
import type { FollowStatements } from './simpleStatements.ts';
import { NONE, truth, unknown } from './values.ts';
import type { Py } from './py.ts';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Runs statements. */
export class StatementFollower {
  readonly #follow: FollowStatements;
  readonly #loops: LoopFollower;
  #returned: Py | null = null;
  /** What was returned where it is not known whether the code runs. */
  #perhaps: Py | null = null;

  constructor(follow: FollowStatements) {
    this.#follow = follow;
    this.#loops = new LoopFollower(follow, {
      run: (...args) => this.run(...args),
      uncertainly: (...args) => this.#uncertainly(...args),
      perhaps: (...args) => {
        this.#perhapsReturns(...args);
      },
    });
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
        return this.#loops.for(statement, scope);
      case 'while':
        return this.#loops.while(statement, scope);
      case 'block':
        return this.#block(statement, scope);
      case 'break':
      case 'continue':
        return statement.kind;
      case 'raise':
        return 'return';
      default:
        runSimple(this.#follow, statement, scope);
        return 'through';
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

  #perhapsReturns(body: readonly Statement[], scope: Scope): void {
    const returned = this.#returned;
    if (this.#uncertainly(body, scope) === 'return') this.#perhaps ??= this.#returned;
    this.#returned = returned;
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
