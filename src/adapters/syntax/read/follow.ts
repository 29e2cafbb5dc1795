import type {
  CallExpression,
  ClassCode,
  Expression,
  FunctionCode,
  Statement,
} from '../code/code.ts';
import { itemsOf, truthOf, valueOf } from './compute.ts';
import type { Dialect } from './dialect.ts';
import { CallFollower } from './followCalls.ts';
import { StatementFollower } from './followStatements.ts';
import { LayerLedger } from './layerLedger.ts';
import { NOTHING, Scope, UNKNOWN } from './scope.ts';
import type { ModelDraft } from './drafts.ts';
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
  #depth = 0;
  #steps = 0;

  constructor(values: ValueReader, dialect: Dialect) {
    this.values = values;
    this.dialect = dialect;
    this.#calls = new CallFollower(this);
    this.#statements = new StatementFollower(this);
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
    return this.ledger.inFrame(code, () => this.#statements.body(code, scope));
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
    const made: Instance = { kind: 'object', fields: new Map(), code, scope, model: null };
    this.#construct(code, { made, scope }, args);
    return made;
  }

  /** An object as its constructor finds it: fields set, nothing else run. */
  unbuilt(code: ClassCode, scope: Scope): Instance {
    const constructor = code.methods.filter(({ name }) => name !== 'constructor');
    return this.instance({ ...code, methods: constructor }, scope, []);
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
        return this.#binary(expression, scope);
      case 'choice':
        return this.#choice(expression, scope);
      case 'assign':
        return this.#assign(expression, scope);
      case 'set':
        return this.#set(expression, scope);
      case 'wrapped':
        return this.evaluate(expression.inner, scope);
      case 'function':
        return { kind: 'function', code: expression.code, scope };
      case 'other':
        return this.#other(expression.parts, scope);
    }
  }

  /** What stands behind a name of an object: a field, a method, an output of a model. */
  memberOf(object: Meaning, property: string): Meaning {
    switch (object.kind) {
      case 'object':
        return this.#ofInstance(object, property);
      case 'class':
        return this.#shared(object, property);
      case 'model':
        return this.#ofModel(object.model, property);
      case 'tensor':
        return property === 'output' ? object : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  #ofInstance(object: Instance, property: string): Meaning {
    const field = object.fields.get(property);
    const method = methodOf(object.code, property);
    if (field || !method)
      return field ?? (object.model ? this.#ofModel(object.model, property) : UNKNOWN);
    const found: Extract<Meaning, { kind: 'function' }> = {
      kind: 'function',
      code: method.code,
      scope: object.scope,
      self: object,
    };
    return method.getter ? this.inlined(found, []) : found;
  }

  #ofModel(model: ModelDraft, property: string): Meaning {
    return /^(outputs?|inputs?|layers)$/.test(property)
      ? this.#calls.partOfModel(model, property)
      : UNKNOWN;
  }

  /** The call is not understood: what is inside it may run or not. */
  unclear(call: CallExpression, scope: Scope): Meaning {
    const before = this.ledger.layers.length;
    this.ledger.uncertainly(() => {
      for (const { value } of call.arguments) {
        const meaning = this.evaluate(value, scope);
        if (meaning.kind === 'function') this.inlined(meaning, [UNKNOWN, UNKNOWN]);
        if (meaning.kind === 'model') this.#lostModel(meaning, call);
      }
    });
    return this.ledger.layers.length > before
      ? { kind: 'tensor', layer: this.ledger.layers.length - 1 }
      : UNKNOWN;
  }

  /** A function that is not here gets the model: what it does with it cannot be followed. */
  #lostModel({ model }: Extract<Meaning, { kind: 'model' }>, call: CallExpression): void {
    if (/^(console|JSON|tfvis|show|log|expect|print|setModel)/.test(this.#wordOf(call.callee)))
      return;
    model.followed = false;
    this.ledger.missed(call.span, `\`${this.#wordOf(call.callee)}(…)\` is given the model`);
  }

  #wordOf(callee: Expression): string {
    return this.values.textOf(callee.span).slice(0, 60);
  }

  #construct(
    code: ClassCode,
    { made, scope }: { made: Instance; scope: Scope },
    args: readonly Meaning[],
  ): void {
    const parent = code.parent ? this.evaluate(code.parent, scope) : null;
    const inner = new Scope(scope);
    inner.declare('this', made);
    inner.declare('super', superOf(parent, made));
    const constructor = code.methods.find(({ name }) => name === 'constructor');
    if (parent?.kind === 'runtime') made.model = this.#calls.modelOfParent(parent.path, code.span);
    else if (!constructor && parent?.kind === 'class')
      this.#construct(parent.code, { made, scope: parent.scope }, args);
    this.#setFields(code, made, inner);
    if (constructor)
      this.inlined({ kind: 'function', code: constructor.code, scope: inner, self: made }, args);
  }

  #setFields({ fields }: ClassCode, made: Instance, scope: Scope): void {
    for (const { name, value } of fields.filter(({ shared }) => !shared))
      made.fields.set(name, value ? this.evaluate(value, scope) : NOTHING);
  }

  /** `super(…)`: the parent's fields and constructor, on the same object. */
  constructParent(
    parent: Extract<Meaning, { kind: 'class' }>,
    made: Instance,
    args: readonly Meaning[],
  ): void {
    this.#construct(parent.code, { made, scope: parent.scope }, args);
  }

  #shared({ code, scope }: Extract<Meaning, { kind: 'class' }>, property: string): Meaning {
    const method = code.methods.find(({ name, shared }) => shared && name === property);
    if (method) return { kind: 'function', code: method.code, scope };
    const field = code.fields.find(({ name, shared }) => shared && name === property);
    return field?.value ? this.evaluate(field.value, scope) : UNKNOWN;
  }

  #place(
    expression: Extract<Expression, { kind: 'name' | 'member' | 'index' }>,
    scope: Scope,
  ): Meaning {
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
    if (meaning.kind === 'unknown') return [this.#asWritten(item, scope)];
    return (item.kind === 'spread' ? itemsOf(meaning) : null) ?? [meaning];
  }

  #asWritten(item: Expression, scope: Scope): Meaning {
    return { kind: 'value', value: this.values.read(item, scope).value };
  }

  #binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Meaning {
    if (expression.operator === '&&') return this.#both(expression, scope);
    const left = this.evaluate(expression.left, scope);
    const inputs = layersIn([left, this.evaluate(expression.right, scope)]);
    if (inputs.length > 0) return this.#ofTensors(expression, left, inputs);
    return isFilledIn(expression.operator, left) ? left : this.values.compute(expression, scope);
  }

  #ofTensors(
    { operator, span }: Extract<Expression, { kind: 'binary' }>,
    left: Meaning,
    inputs: readonly number[],
  ): Meaning {
    if (isFilledIn(operator, left)) return left;
    if (operator === '+' && inputs.length === 2) return this.#calls.sum(span, inputs);
    return this.ledger.lost(span, 'a sum of tensors is no layer');
  }

  /** `condition && model.add(…)`. */
  #both({ left, right }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Meaning {
    const condition = this.evaluate(left, scope);
    const truth = truthOf(condition);
    if (truth === false) return condition;
    return truth
      ? this.evaluate(right, scope)
      : this.ledger.uncertainly(() => this.evaluate(right, scope));
  }

  #choice(expression: Extract<Expression, { kind: 'choice' }>, scope: Scope): Meaning {
    const truth = truthOf(this.evaluate(expression.condition, scope));
    if (truth !== null) return this.evaluate(truth ? expression.then : expression.otherwise, scope);
    const ways = this.ledger.uncertainly(() =>
      [expression.then, expression.otherwise].map((way) => this.evaluate(way, scope)),
    );
    const [tensor] = ways.filter(({ kind }) => kind === 'tensor').toReversed();
    return tensor ?? this.#asWritten(expression, scope);
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

/** `x || byDefault` where `x` is there. */
const isFilledIn = (operator: string, left: Meaning): boolean =>
  /^(\|\||\?\?)$/.test(operator) && truthOf(left) === true;

const layersIn = (parts: readonly Meaning[]): number[] =>
  parts.flatMap((part) => (part.kind === 'tensor' ? [part.layer] : []));

const methodOf = (code: ClassCode | null, property: string): ClassCode['methods'][number] | null =>
  code?.methods.find(({ name, shared }) => !shared && name === property) ?? null;

/** What `super` means in a class: the parent, for the object that is being made. */
const superOf = (parent: Meaning | null, made: Instance): Meaning =>
  parent?.kind === 'class'
    ? {
        kind: 'object',
        fields: made.fields,
        code: parent.code,
        scope: parent.scope,
        model: made.model,
      }
    : made;
