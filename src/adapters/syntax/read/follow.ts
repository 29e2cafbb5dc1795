import type { ClassCode, Expression, FunctionCode, Statement } from '../code/code.ts';
import { itemsOf, valueOf } from './compute.ts';
import { setBefore } from './codeFollower.ts';
import { joined } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { CallFollower } from './followCalls.ts';
import { ClassFollower } from './followClasses.ts';
import { ModelFollower } from './followModels.ts';
import { OperatorFollower, asWritten } from './followOperators.ts';
import { StatementFollower } from './followStatements.ts';
import { uncertainParts } from './followUncertain.ts';
import { LayerLedger } from './layerLedger.ts';
import { NOTHING, Scope, UNKNOWN } from './scope.ts';
import type { Instance, Meaning } from './scope.ts';
import type { ValueReader } from './values.ts';

/** How deep helpers may call helpers. */
const DEEPEST = 12;

/** Beyond this many statements a builder is no longer followed: its loops are too long. */
const LONGEST = 20_000;

/**
 * Follows code the way it would run, keeping what names stand for and noting layers as they are put
 * together.
 */
export class Follower {
  readonly ledger = new LayerLedger();
  readonly values: ValueReader;
  readonly dialect: Dialect;
  readonly #calls: CallFollower;
  readonly #statements: StatementFollower;
  readonly #classes: ClassFollower;
  readonly #operators: OperatorFollower;
  #depth = 0;
  #steps = 0;

  constructor(values: ValueReader, dialect: Dialect) {
    this.values = values;
    this.dialect = dialect;
    const models = new ModelFollower(this);
    this.#calls = new CallFollower(this, models);
    this.#statements = new StatementFollower(this);
    this.#classes = new ClassFollower(this, models);
    this.#operators = new OperatorFollower(this);
  }

  /**
   * The file around the builder: imports, constants, helper functions. Layers made there are
   * outside the builder.
   */
  module(statements: readonly Statement[], scope: Scope): void {
    this.ledger.uncertainly(() => {
      this.#statements.declarations(statements, scope);
    });
  }

  /** The builder itself; the meaning is that of what it returns. */
  builder(code: FunctionCode, scope: Scope): Meaning {
    this.ledger.beginBuilder();
    return this.ledger.inFrame(code, () => {
      this.ledger.adopt();
      return this.#statements.body(code, scope);
    });
  }

  /** Counts a statement; `false` once there were too many. */
  step(): boolean {
    this.#steps += 1;
    return this.#steps < LONGEST;
  }

  /** A helper function or callback, with what it is given. */
  inlined(
    { code, scope, self }: Extract<Meaning, { kind: 'function' }>,
    args: readonly Meaning[],
  ): Meaning {
    if (this.#depth >= DEEPEST) return UNKNOWN;
    const lowered = code();
    const inner = new Scope(scope);
    if (self) inner.declare('this', self);
    for (const [index, pattern] of lowered.parameters.entries())
      this.#statements.bindParameter(pattern, args[index] ?? NOTHING, inner);
    this.#depth += 1;
    const { statement } = this.ledger;
    const meaning = this.ledger.inFrame(lowered, () => this.#statements.body(lowered, inner));
    this.ledger.statement = statement;
    this.#depth -= 1;
    return meaning;
  }

  /** An object of a class of the file, its constructor run. */
  instance(code: ClassCode, scope: Scope, args: readonly Meaning[]): Instance {
    return this.#classes.instance(code, scope, args);
  }

  /** An object as it stands in the file, that its methods may change. */
  object({ expression, scope }: Extract<Meaning, { kind: 'record' }>): Instance {
    const made: Instance = { kind: 'object', fields: new Map(), code: null, scope, model: null };
    for (const { key, value } of expression.entries) {
      const meaning = this.evaluate(value, scope);
      made.fields.set(key, meaning.kind === 'function' ? { ...meaning, self: made } : meaning);
    }
    return made;
  }

  /** An object as its constructor finds it: fields set, nothing else run. */
  unbuilt(code: ClassCode, scope: Scope): Instance {
    return this.#classes.unbuilt(code, scope);
  }

  /** `super(…)`: the parent's fields and constructor, on the same object. */
  constructParent(...args: Parameters<ClassFollower['constructParent']>): void {
    this.#classes.constructParent(...args);
  }

  /**
   * What stands behind a name of an object: a field, a method, an output of a model; the runtime
   * where an object that is not followed has it under its own name (`window.tf`, `this.tf`).
   */
  memberOf(object: Meaning, property: string): Meaning {
    if (object.kind === 'runtime') return { ...object, path: joined(object.path, property) };
    const found = this.#classes.memberOf(object, property);
    const path = found.kind === 'unknown' ? this.dialect.wellKnown[property] : undefined;
    return path === undefined ? found : { kind: 'runtime', path };
  }

  /** Binds what a parameter takes; used for the builder's own, too. */
  bindParameter(...args: Parameters<StatementFollower['bindParameter']>): void {
    this.#statements.bindParameter(...args);
  }

  evaluate(expression: Expression, scope: Scope): Meaning {
    switch (expression.kind) {
      case 'literal':
      case 'unary':
      case 'template':
        return this.values.compute(expression, scope);
      case 'name':
      case 'member':
      case 'index':
        return this.#place(expression, scope);
      case 'call':
        return this.#calls.call(expression, scope);
      case 'object':
        return { kind: 'record', expression, scope };
      case 'list':
        return this.#list(expression, scope);
      case 'spread':
        return this.evaluate(expression.inner, scope);
      case 'binary':
        return this.#operators.binary(expression, scope);
      case 'choice':
        return this.#operators.choice(expression, scope);
      case 'assign':
        return this.#assign(expression, scope);
      case 'set':
        return this.#set(expression, scope);
      case 'wrapped':
        return this.evaluate(expression.inner, scope);
      case 'function':
        return { kind: 'function', code: expression.code, scope };
      case 'other':
        return uncertainParts(this, expression.parts, scope);
    }
  }

  #place(
    expression: Extract<Expression, { kind: 'name' | 'member' | 'index' }>,
    scope: Scope,
  ): Meaning {
    const before = setBefore(this, expression, scope);
    if (before) return before;
    const meaning = this.values.meaningOfName(expression, scope);
    if (meaning.kind !== 'unknown' || expression.kind === 'name') return meaning;
    const object = this.evaluate(expression.object, scope);
    if (expression.kind === 'member') return this.memberOf(object, expression.property);
    const index = valueOf(this.evaluate(expression.index, scope));
    const items = itemsOf(object);
    return (index?.kind === 'number' ? items?.[index.value] : undefined) ?? UNKNOWN;
  }

  #list(expression: Extract<Expression, { kind: 'list' }>, scope: Scope): Meaning {
    return { kind: 'list', items: expression.items.flatMap((item) => this.#items(item, scope)) };
  }

  #items(item: Expression, scope: Scope): readonly Meaning[] {
    const meaning = this.evaluate(item, scope);
    if (meaning.kind === 'unknown') return [asWritten(this, item, scope)];
    return (item.kind === 'spread' ? itemsOf(meaning) : null) ?? [meaning];
  }

  #assign(expression: Extract<Expression, { kind: 'assign' }>, scope: Scope): Meaning {
    const meaning = this.evaluate(expression.value, scope);
    scope.assign(expression.target, meaning, {
      statement: this.ledger.statement,
      value: expression.value.span,
    });
    return meaning;
  }

  #set(expression: Extract<Expression, { kind: 'set' }>, scope: Scope): Meaning {
    const object = this.evaluate(expression.object, scope);
    const meaning = this.evaluate(expression.value, scope);
    if (object.kind === 'object') object.fields.set(expression.property, meaning);
    else scope.set(`${this.values.textOf(expression.object.span)}.${expression.property}`, meaning);
    return meaning;
  }
}
