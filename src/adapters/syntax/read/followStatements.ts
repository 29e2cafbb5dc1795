import type { FunctionCode, Pattern, Statement } from '../code/code.ts';
import type { CodeFollower } from './codeFollower.ts';
import { BranchFollower } from './followBranches.ts';
import type { Ending, Run } from './followBranches.ts';
import { bindPattern } from './followPatterns.ts';
import { madeHere, modelIn } from './modelIn.ts';
import { NOTHING, UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

/** Follows statements: declarations, branches and loops whose conditions can be told. */
export class StatementFollower {
  readonly #follower: CodeFollower;
  readonly #branches: BranchFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
    this.#branches = new BranchFollower(follower, (...args) => this.#statements(...args));
  }

  /** What stands at the top of a file, without what it runs. */
  declarations(statements: readonly Statement[], scope: Scope): void {
    this.#hoist(statements, scope);
    for (const statement of statements) {
      if (statement.kind === 'branch') this.declarations(statement.body, scope);
      else if (statement.kind !== 'expression' && statement.kind !== 'return')
        this.#statement(statement, { scope, returned: [] });
    }
  }

  /** Runs a function's body; the meaning is that of what it returns. */
  body(code: FunctionCode, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    if (code.result) {
      ledger.statement = { kind: 'return', span: code.result.span, value: code.result };
      return this.#follower.evaluate(code.result, scope);
    }
    const run: Run = { scope, returned: [] };
    this.#statements(code.body, run);
    return this.#together(run.returned);
  }

  /** Gives a parameter what it is called with, or its default. */
  bindParameter(pattern: Pattern, given: Meaning, scope: Scope): void {
    const { byDefault } = pattern;
    const isMissing = given.kind === 'value' && given.value.kind === 'null';
    const meaning = isMissing && byDefault ? this.#follower.evaluate(byDefault, scope) : given;
    bindPattern(this.#follower, pattern, meaning, (name, to) => {
      scope.declare(name, to);
    });
  }

  /** Several `return`s that give one model, or nothing, agree. */
  #together(returned: readonly Meaning[]): Meaning {
    const [first, ...others] = returned;
    if (!first) return NOTHING;
    if (others.length === 0) return first;
    const models = madeHere(returned.flatMap((one) => modelIn(one) ?? []));
    const [model] = models;
    if (model && models.every((other) => other === model)) return { kind: 'model', model };
    for (const other of models) other.followed = false;
    return UNKNOWN;
  }

  #hoist(statements: readonly Statement[], scope: Scope): void {
    for (const statement of statements) {
      if (statement.kind === 'function')
        scope.declare(statement.name, { kind: 'function', code: statement.code, scope });
      if (statement.kind === 'class')
        scope.declare(statement.code.name, { kind: 'class', code: statement.code, scope });
    }
  }

  #statements(statements: readonly Statement[], run: Run): Ending {
    this.#hoist(statements, run.scope);
    for (const statement of statements) {
      if (!this.#follower.step()) return 'out';
      const ending = this.#statement(statement, run);
      if (ending !== 'next') return ending;
    }
    return 'next';
  }

  #statement(statement: Statement, run: Run): Ending {
    const { ledger } = this.#follower;
    ledger.statement = statement;
    switch (statement.kind) {
      case 'declare':
        this.#declare(statement, run.scope);
        return 'next';
      case 'expression':
        this.#follower.evaluate(statement.value, run.scope);
        return 'next';
      case 'return':
        run.returned.push(
          statement.value ? this.#follower.evaluate(statement.value, run.scope) : NOTHING,
        );
        return 'out';
      case 'branch':
        return this.#branches.branch(statement, run);
      case 'jump':
        return statement.to === 'throw' ? 'out' : statement.to;
      case 'import':
        this.#import(statement, run.scope);
        return 'next';
      case 'class':
      case 'function':
      case 'other':
        this.#hoist([statement], run.scope);
        return 'next';
    }
  }

  #import(statement: Extract<Statement, { kind: 'import' }>, scope: Scope): void {
    for (const binding of statement.bindings) {
      const path = this.#follower.dialect.importPath(binding);
      scope.declare(binding.name, path === null ? UNKNOWN : { kind: 'runtime', path });
    }
  }

  #declare(statement: Extract<Statement, { kind: 'declare' }>, scope: Scope): void {
    const { pattern, value } = statement;
    const meaning = value ? this.#follower.evaluate(value, scope) : this.#unset(statement);
    const declared = value ? { statement, value: value.span } : null;
    bindPattern(this.#follower, pattern, meaning, (name, to) => {
      if (statement.keyword === '') scope.assign(name, to, declared);
      else scope.declare(name, to, declared);
    });
  }

  /** `let x;` holds nothing yet; a loop's variable holds what is not known. */
  #unset({ keyword, alone }: Extract<Statement, { kind: 'declare' }>): Meaning {
    return keyword === 'let' && alone ? NOTHING : UNKNOWN;
  }
}
