import type {
  Call,
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from '../code/tree.ts';
import { assign } from './assignments.ts';
import { broughtLayer, broughtOptimizer } from './brought.ts';
import { attributeOf } from './attributes.ts';
import { callBuiltIn } from './builtIns.ts';
import { callMethod } from './builtInMethods.ts';
import { ClassFollower } from './classes.ts';
import { ExpressionFollower } from './expressions.ts';
import type { CallPlace, Follow } from './follow.ts';
import { bindParameters } from './functions.ts';
import { callKeras } from './kerasCalls.ts';
import { callKerasMethod } from './kerasModels.ts';
import { Ledger } from './ledger.ts';
import { ModelApplier } from './applyModels.ts';
import type { ArgumentReader } from './readArguments.ts';
import { Scope } from './scope.ts';
import { StatementFollower } from './statements.ts';
import { callTorch, callTorchMethod } from './torchCalls.ts';
import { NONE, tensorsGiven, unknown } from './values.ts';
import type { Py, FunctionValue, Given } from './py.ts';

const DEEPEST = 40;
const MOST_CALLS = 60_000;

/** Follows Python code the way it would run, as far as the source tells. */
export class Interpreter implements Follow {
  ledger = new Ledger();
  readonly reader: ArgumentReader;
  inBuilder = false;
  /** Functions and classes of the file that were gone through. */
  readonly visited = new Set<FunctionValue['code'] | ClassStatement>();
  /** What each function of the file was first called with. */
  readonly firstCalls = new Map<FunctionValue['code'] | ClassStatement, Given>();
  /** The functions of the file as they were last defined. */
  readonly functions = new Map<FunctionStatement, FunctionValue>();
  readonly #expressions = new ExpressionFollower(this);
  readonly #statements = new StatementFollower(this);
  readonly #classes = new ClassFollower(this);
  readonly #models = new ModelApplier(this);
  #depth = 0;
  #calls = 0;

  constructor(reader: ArgumentReader) {
    this.reader = reader;
  }

  /** Forgets the layers and models met so far, and follows a builder from here on. */
  startBuilder(): void {
    this.ledger = new Ledger();
    this.#calls = 0;
    this.inBuilder = true;
  }

  /** The whole file, as Python runs it when it is started. */
  module(statements: readonly Statement[], scope: Scope): void {
    this.#statements.run(statements, scope);
  }

  evaluate(expression: Expression, scope: Scope): Py {
    return this.#expressions.evaluate(expression, scope);
  }

  assign(target: Expression, value: Py, scope: Scope): void {
    assign(this, target, value, scope);
  }

  define(statement: FunctionStatement, scope: Scope): Py {
    const value = this.#classes.functionOf(statement, scope, null);
    this.functions.set(statement, value);
    return value;
  }

  defineClass(statement: ClassStatement, scope: Scope): Py {
    return this.#classes.define(statement, scope);
  }

  /** The arguments of a call as they are written. */
  given(call: Call, scope: Scope): Given {
    return this.#expressions.given(call.arguments, scope);
  }

  attribute(object: Py, name: string, text: string): Py {
    return attributeOf(this, { object, name, text });
  }

  call(callee: Py, place: CallPlace): Py {
    this.#calls += 1;
    if (this.#calls > MOST_CALLS) return unknown(this.reader.slice(place.call));
    switch (callee.kind) {
      case 'function':
        return broughtOptimizer(this, callee, place) ?? this.invoke(callee, place.given);
      case 'class':
        return this.#instance(callee, place);
      case 'partial':
        return this.call(callee.callee, { ...place, given: joinGiven(callee.given, place.given) });
      case 'instance':
      case 'layer':
      case 'model':
        return this.#applied(callee, place);
      case 'library':
        return this.#library(callee.path, place);
      case 'method':
        return this.#method(callee, place);
      default:
        return this.#unknown(callee, place);
    }
  }

  /** A function of the file; `null` arguments are the builder's own parameters. */
  invoke(callee: FunctionValue, given: Given): Py {
    if (!this.firstCalls.has(callee.code)) this.firstCalls.set(callee.code, given);
    if (this.#depth > DEEPEST) {
      this.ledger.obstacle(callee.code.span, `\`${callee.name}\` calls itself too often`);
      return unknown(callee.name);
    }
    this.visited.add(callee.code);
    const scope = new Scope(callee.scope);
    const own = callee.self
      ? { ...given, positional: [selfOf(callee.self), ...given.positional] }
      : given;
    bindParameters(this, { callee, scope, given: own });
    return this.#nested(() =>
      callee.code.result
        ? this.evaluate(callee.code.result, scope)
        : this.#statements.body(callee.code.body, scope),
    );
  }

  apply(callee: Py, inputs: readonly number[], place: CallPlace): Py {
    switch (callee.kind) {
      case 'layer':
        return this.#models.layer(callee.draft, inputs, place);
      case 'model':
        return this.#models.model(callee.model, inputs, place);
      case 'instance':
        return this.#nested(() => this.#classes.callInstance(callee, withInputs(place, inputs)));
      case 'function':
      case 'method':
      case 'library':
      case 'partial':
        return this.call(callee, withInputs(place, inputs));
      default:
        return this.#unknown(callee, withInputs(place, inputs));
    }
  }

  #nested<T>(work: () => T): T {
    const { statement } = this.ledger;
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
      this.ledger.statement = statement;
    }
  }

  #instance(callee: Extract<Py, { kind: 'class' }>, place: CallPlace): Py {
    const brought = broughtLayer(this, callee, place);
    if (brought) return brought;
    if (!this.firstCalls.has(callee.statement)) this.firstCalls.set(callee.statement, place.given);
    this.visited.add(callee.statement);
    return this.#nested(() => this.#classes.instance(callee, place));
  }

  /** What is put on nothing known is put on the model's input, inside a builder. */
  #applied(callee: Extract<Py, { kind: 'layer' | 'model' | 'instance' }>, place: CallPlace): Py {
    if (callee.kind === 'instance' && callee.framework === null)
      return this.#nested(() => this.#classes.callInstance(callee, place));
    const tensors = tensorsGiven(place.given);
    if (tensors.length > 0 && callee.kind !== 'instance') return this.apply(callee, tensors, place);
    if (tensors.length > 0)
      return this.#nested(() =>
        callee.kind === 'instance' ? this.#classes.callInstance(callee, place) : NONE,
      );
    return this.inBuilder && place.given.positional.length > 0
      ? this.apply(callee, [-1], place)
      : unknown(this.reader.slice(place.call));
  }

  #library(path: string, place: CallPlace): Py {
    if (path.startsWith('python.')) return callBuiltIn(this, path.slice('python.'.length), place);
    if (path.startsWith('torch')) return callTorch(this, path, place);
    return callKeras(this, path, place);
  }

  #method(callee: Extract<Py, { kind: 'method' }>, place: CallPlace): Py {
    return (
      callMethod(this, callee, place) ??
      callKerasMethod(this, callee, place) ??
      callTorchMethod(this, callee, place) ??
      this.#unknown(callee, place)
    );
  }

  /** Something of another file, or too much to follow: one black box. */
  #unknown(callee: Py, { call, given }: CallPlace): Py {
    const tensors = tensorsGiven(given);
    const written = callee.kind === 'unknown' && callee.text !== '*' ? callee.text : null;
    const name = (written ?? this.reader.slice(call.callee)).replace(/[(\n][^]*$/, '');
    const from = callee.kind === 'unknown' ? callee.from : undefined;
    if (tensors.length === 0)
      return {
        kind: 'unknown',
        text: this.reader.slice(call),
        ...(from !== undefined && { from }),
      };
    this.ledger.obstacle(call.span, unreadable(name, from));
    const draft = this.ledger.draft('keras', {
      type: name.split('.').at(-1)?.replaceAll(/\W/g, '') || 'unknown',
      span: call.span,
      call: null,
      arguments: [],
    });
    return this.ledger.uncertainly(() =>
      this.ledger.place(draft, tensors, this.ledger.applied(call.span, null)),
    );
  }
}

const unreadable = (name: string, from: string | undefined): string =>
  from === undefined
    ? `what \`${name}\` does with the layers cannot be told from the source`
    : `\`${name}\` comes from \`${from}\`, a file that is not read with the model`;

const selfOf = (value: Py): Given['positional'][number] => ({ value, argument: null });

const withInputs = (place: CallPlace, inputs: readonly number[]): CallPlace => ({
  ...place,
  given: {
    positional: inputs.map((layer) => ({ value: { kind: 'tensor', layer }, argument: null })),
    named: new Map(),
  },
});

const joinGiven = (first: Given, second: Given): Given => ({
  positional: [...first.positional, ...second.positional],
  named: new Map([...first.named, ...second.named]),
});
