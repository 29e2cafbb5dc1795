import type { CallExpression, Expression, FunctionCode, Statement } from '../code/code.ts';
import { CallFollower } from './followCalls.ts';
import { LayerLedger } from './layerLedger.ts';
import type { Dialect } from './dialect.ts';
import { Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';
import type { ValueReader } from './values.ts';

/** What a function gave back, over all its `return`s. */
interface Returned {
  readonly meanings: Meaning[];
}

/**
 * Follows code the way it would run, keeping what names stand for and noting layers as they are put
 * together.
 */
export class Follower {
  readonly ledger = new LayerLedger();
  readonly values: ValueReader;
  readonly dialect: Dialect;
  readonly #calls: CallFollower;
  #depth = 0;

  constructor(values: ValueReader, dialect: Dialect) {
    this.values = values;
    this.dialect = dialect;
    this.#calls = new CallFollower(this);
  }

  /**
   * The file around the builder: imports, constants, helper functions. Layers made there are
   * outside the builder.
   */
  module(statements: readonly Statement[], scope: Scope): void {
    this.ledger.uncertainly(() => this.#module(statements, scope));
  }

  /** The builder itself; the meaning is that of what it returns. */
  builder(code: FunctionCode, scope: Scope): Meaning {
    return this.#function(code, scope);
  }

  /** A helper function or callback: read and shown, never edited. */
  inlined(code: FunctionCode, scope: Scope, args: readonly Meaning[]): Meaning {
    if (this.#depth > 4) return UNKNOWN;
    const inner = new Scope(scope);
    for (const [index, pattern] of code.parameters.entries()) {
      this.#bindPattern(
        { kind: 'declare', pattern, value: null, span: code.span, keyword: 'const', alone: true },
        args[index] ?? UNKNOWN,
        inner,
      );
    }
    this.#depth += 1;
    const statement = this.ledger.statement;
    const meaning = this.ledger.uncertainly(() => this.#function(code, inner));
    this.ledger.statement = statement;
    this.#depth -= 1;
    return meaning;
  }

  evaluate(expression: Expression, scope: Scope): Meaning {
    switch (expression.kind) {
      case 'literal':
        return { kind: 'value', value: expression.value };
      case 'name':
      case 'member':
        return this.#nameOrMember(expression, scope);
      case 'call':
        return this.#calls.call(expression, scope);
      case 'object':
        return { kind: 'record', expression, scope };
      case 'list':
        return this.#list(expression, scope);
      case 'binary':
        return this.#binary(expression, scope);
      case 'assign':
        return this.#assign(expression, scope);
      case 'wrapped':
        return this.evaluate(expression.inner, scope);
      case 'function':
        return { kind: 'function', code: expression.code, scope };
      case 'other':
        return this.#other(expression.parts, scope);
    }
  }

  /** The call is not understood: what is inside it may run or not. */
  unclear(call: CallExpression, scope: Scope): Meaning {
    const before = this.ledger.layers.length;
    this.ledger.uncertainly(() => {
      for (const { value } of call.arguments) {
        const meaning = this.evaluate(value, scope);
        if (meaning.kind === 'function') this.inlined(meaning.code(), meaning.scope, []);
        if (meaning.kind === 'model') meaning.model.followed = false;
      }
    });
    return this.ledger.layers.length > before
      ? { kind: 'tensor', layer: this.ledger.layers.length - 1 }
      : UNKNOWN;
  }

  #module(statements: readonly Statement[], scope: Scope): void {
    for (const statement of statements) {
      if (statement.kind === 'branch') this.#module(statement.body, scope);
      else if (statement.kind !== 'expression' && statement.kind !== 'return')
        this.#statement(statement, scope, { meanings: [] });
    }
  }

  #function(code: FunctionCode, scope: Scope): Meaning {
    if (code.result) {
      this.ledger.statement = { kind: 'return', span: code.result.span, value: code.result };
      return this.evaluate(code.result, scope);
    }
    const returned: Returned = { meanings: [] };
    this.#statements(code.body, scope, returned);
    const [first, ...others] = returned.meanings;
    return first && others.every((other) => sameModel(first, other)) ? first : UNKNOWN;
  }

  #statements(statements: readonly Statement[], scope: Scope, returned: Returned): void {
    for (const statement of statements) {
      if (statement.kind === 'function')
        scope.declare(statement.name, { kind: 'function', code: statement.code, scope });
    }
    for (const statement of statements) this.#statement(statement, scope, returned);
  }

  #statement(statement: Statement, scope: Scope, returned: Returned): void {
    if (this.#depth === 0) this.ledger.statement = statement;
    switch (statement.kind) {
      case 'declare':
        return this.#declare(statement, scope);
      case 'expression':
        return void this.evaluate(statement.value, scope);
      case 'return':
        return void returned.meanings.push(
          statement.value ? this.evaluate(statement.value, scope) : UNKNOWN,
        );
      case 'branch':
        return this.#branch(statement, scope, returned);
      case 'import':
        return this.#import(statement, scope);
      case 'function':
        return scope.declare(statement.name, { kind: 'function', code: statement.code, scope });
      case 'other':
        return;
    }
  }

  #import(statement: Extract<Statement, { kind: 'import' }>, scope: Scope): void {
    for (const binding of statement.bindings) {
      const path = this.dialect.importPath(binding);
      scope.declare(binding.name, path === null ? UNKNOWN : { kind: 'runtime', path });
    }
  }

  #declare(statement: Extract<Statement, { kind: 'declare' }>, scope: Scope): void {
    this.#bindPattern(
      statement,
      statement.value ? this.evaluate(statement.value, scope) : UNKNOWN,
      scope,
    );
  }

  #bindPattern(
    statement: Extract<Statement, { kind: 'declare' }>,
    meaning: Meaning,
    scope: Scope,
  ): void {
    const { pattern, value } = statement;
    const declared = value ? { statement, value: value.span } : null;
    const bind = (name: string, to: Meaning): void =>
      statement.keyword === ''
        ? scope.assign(name, to, declared)
        : scope.declare(name, to, declared);
    if (pattern.kind === 'name') bind(pattern.name, meaning);
    else if (pattern.kind === 'unclear') for (const name of pattern.names) bind(name, UNKNOWN);
    else for (const { key, name } of pattern.members) bind(name, this.#memberOf(meaning, key));
  }

  #memberOf(meaning: Meaning, key: string): Meaning {
    if (meaning.kind === 'runtime')
      return { kind: 'runtime', path: meaning.path === '' ? key : `${meaning.path}.${key}` };
    const entry =
      meaning.kind === 'record'
        ? meaning.expression.entries.findLast((it) => it.key === key)
        : undefined;
    return entry && meaning.kind === 'record' ? this.evaluate(entry.value, meaning.scope) : UNKNOWN;
  }

  #branch(
    statement: Extract<Statement, { kind: 'branch' }>,
    scope: Scope,
    returned: Returned,
  ): void {
    for (const head of statement.heads) this.evaluate(head, scope);
    const forget = (): void => {
      for (const name of assignedNames(statement.body)) {
        if (scope.find(name)?.meaning.kind === 'value') scope.assign(name, UNKNOWN);
      }
    };
    forget();
    this.ledger.uncertainly(() => this.#statements(statement.body, new Scope(scope), returned));
    forget();
  }

  #nameOrMember(
    expression: Extract<Expression, { kind: 'name' | 'member' }>,
    scope: Scope,
  ): Meaning {
    const meaning = this.values.meaningOfName(expression, scope);
    if (meaning.kind !== 'unknown' || expression.kind === 'name') return meaning;
    this.evaluate(expression.object, scope);
    return UNKNOWN;
  }

  #list(expression: Extract<Expression, { kind: 'list' }>, scope: Scope): Meaning {
    const items = expression.items.map((item) => this.evaluate(item, scope));
    if (
      items.some(
        (item) => item.kind === 'factory' || item.kind === 'tensor' || item.kind === 'model',
      )
    )
      return { kind: 'list', items };
    return { kind: 'value', value: this.values.read(expression, scope).value };
  }

  #binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Meaning {
    const parts = [this.evaluate(expression.left, scope), this.evaluate(expression.right, scope)];
    const inputs = parts.flatMap((part) => (part.kind === 'tensor' ? [part.layer] : []));
    if (inputs.length === 2 && expression.operator === '+')
      return this.#calls.sum(expression.span, inputs);
    return inputs.length > 0
      ? this.ledger.lost()
      : { kind: 'value', value: this.values.read(expression, scope).value };
  }

  #assign(expression: Extract<Expression, { kind: 'assign' }>, scope: Scope): Meaning {
    const meaning = this.evaluate(expression.value, scope);
    scope.assign(expression.target, meaning, {
      statement: this.ledger.statement,
      value: expression.value.span,
    });
    return meaning;
  }

  #other(parts: readonly Expression[], scope: Scope): Meaning {
    const before = this.ledger.layers.length;
    this.ledger.uncertainly(() => {
      for (const part of parts) this.evaluate(part, scope);
    });
    return this.ledger.layers.length > before
      ? { kind: 'tensor', layer: this.ledger.layers.length - 1 }
      : UNKNOWN;
  }
}

const sameModel = (a: Meaning, b: Meaning): boolean =>
  a.kind === 'model' && b.kind === 'model' && a.model === b.model;

/** Names that the statements give a new value, wherever they were declared. */
function assignedNames(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'branch') return assignedNames(statement.body);
    if (statement.kind === 'expression')
      return statement.value.kind === 'assign' ? [statement.value.target] : [];
    if (statement.kind !== 'declare' || statement.keyword !== '') return [];
    return statement.pattern.kind === 'name'
      ? [statement.pattern.name]
      : statement.pattern.kind === 'unclear'
        ? statement.pattern.names
        : [];
  });
}
