import type { CallExpression, Expression } from '../code/code.ts';
import { givenTo, setBefore } from './codeFollower.ts';
import type { CodeFollower } from './codeFollower.ts';
import { itemsOf } from './compute.ts';
import type { ModelDraft } from './drafts.ts';
import { modelOfParent } from './followClasses.ts';
import type { ForeignFollower } from './followForeign.ts';
import { listCall } from './followLists.ts';
import { tensorsOf } from './followModels.ts';
import type { ModelFollower } from './followModels.ts';
import type { RuntimeFollower } from './followRuntime.ts';
import { uncertainCall } from './followUncertain.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

type Member = Extract<Expression, { kind: 'member' }>;

/** Follows what calls of other kinds mean. */
interface OtherCalls {
  readonly models: ModelFollower;
  readonly runtime: RuntimeFollower;
  readonly foreign: ForeignFollower;
}

/** Follows calls of methods: of layers, of models, of objects and of lists. */
export class MethodFollower {
  readonly #follower: CodeFollower;
  readonly #models: ModelFollower;
  readonly #runtime: RuntimeFollower;
  readonly #foreign: ForeignFollower;

  constructor(follower: CodeFollower, { models, runtime, foreign }: OtherCalls) {
    this.#follower = follower;
    this.#models = models;
    this.#runtime = runtime;
    this.#foreign = foreign;
  }

  /** `null` when the call is not a method of a layer, a model, an object or a list. */
  call(call: CallExpression, callee: Member, scope: Scope): Meaning | null {
    if (this.#follower.values.path(callee, scope) !== null) return null;
    const object = this.#objectOf(callee.object, scope);
    const known =
      this.#ofModel(call, callee, { object, scope }) ??
      this.#listed(call, callee, { object, scope }) ??
      this.#own(call, callee, { object, scope });
    if (known) return known;
    const sum = this.#follower.values.compute(call, scope);
    if (sum.kind !== 'unknown') return sum;
    const isRunning = callee.object.kind === 'call' || callee.object.kind === 'wrapped';
    return isRunning ? this.#foreign.call(call, UNKNOWN, scope) : null;
  }

  /** Methods of layers, of models and of their outputs. */
  #ofModel(
    call: CallExpression,
    { property }: Member,
    { object, scope }: { object: Meaning; scope: Scope },
  ): Meaning | null {
    if (object.kind === 'factory')
      return property === this.#follower.dialect.applyMethod
        ? this.#runtime.apply(call, object.draft, scope)
        : uncertainCall(this.#follower, call, scope);
    const isApplied = object.kind === 'tensor' && /^(apply|predict)$/.test(property);
    if (isApplied) return this.#foreign.call(call, UNKNOWN, scope);
    const model = this.#modelOf(object, property);
    return model && /^(add|compile|pop|apply|predict|getLayer|summary)$/.test(property)
      ? this.#modelMethod(call, property, { model, scope })
      : null;
  }

  /** A function that a class or an object of this file has. */
  #own(
    call: CallExpression,
    { property }: Member,
    { object, scope }: { object: Meaning; scope: Scope },
  ): Meaning | null {
    const found = [this.#follower.memberOf(object, property), this.#field(object, property)].find(
      (one) => one?.kind === 'function',
    );
    return found?.kind === 'function'
      ? this.#follower.inlined(found, givenTo(this.#follower, call, scope))
      : null;
  }

  /** An object whose class extends a class of another file, and that adds layers to itself. */
  #modelOf(object: Meaning, property: string): ModelDraft | null {
    if (object.kind === 'model') return object.model;
    if (object.kind !== 'object') return null;
    const isForeign = object.code?.parent && property === 'add';
    const own = object.code?.methods.some(({ name }) => name === 'add');
    if (isForeign && !own)
      object.model ??= modelOfParent(this.#follower, 'Sequential', object.code.span);
    return object.model;
  }

  #objectOf(expression: Expression, scope: Scope): Meaning {
    const before = setBefore(this.#follower, expression, scope);
    if (before) return before;
    const named = this.#follower.values.meaningOfName(expression, scope);
    return named.kind === 'unknown' ? this.#follower.evaluate(expression, scope) : named;
  }

  #field(object: Meaning, property: string): Meaning | null {
    if (object.kind === 'object') return object.fields.get(property) ?? null;
    if (object.kind !== 'record') return null;
    const entry = object.expression.entries.findLast(({ key }) => key === property);
    return entry ? this.#follower.evaluate(entry.value, object.scope) : null;
  }

  #listed(
    call: CallExpression,
    { property }: Member,
    { object, scope }: { object: Meaning; scope: Scope },
  ): Meaning | null {
    if (!itemsOf(object)) return null;
    return listCall(object, property, givenTo(this.#follower, call, scope), this.#follower);
  }

  #modelMethod(
    call: CallExpression,
    method: string,
    { model, scope }: { model: ModelDraft; scope: Scope },
  ): Meaning {
    const { ledger } = this.#follower;
    switch (method) {
      case 'add':
        this.#models.add(call, model, scope);
        return { kind: 'model', model };
      case 'compile':
        ledger.compiled(call);
        return UNKNOWN;
      case 'apply':
      case 'predict':
        return this.#applyModel(call, model, scope);
      case 'getLayer':
        return this.#models.part(model, 'output');
      case 'pop':
        model.layers.pop();
        return UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  #applyModel(call: CallExpression, model: ModelDraft, scope: Scope): Meaning {
    const input = givenTo(this.#follower, call, scope)[0] ?? UNKNOWN;
    const inputs = tensorsOf(input);
    return inputs ? this.#models.apply(model, inputs) : UNKNOWN;
  }
}
