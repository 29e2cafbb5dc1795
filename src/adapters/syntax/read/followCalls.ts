import type { CallExpression, Expression, Span } from '../code/code.ts';
import { itemsOf } from './compute.ts';
import type { Factory } from './dialect.ts';
import type { CodeFollower } from './codeFollower.ts';
import { listCall } from './followLists.ts';
import { ModelFollower, tensorsOf } from './followModels.ts';
import type { Draft, ModelDraft } from './drafts.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

const JAVASCRIPT_REQUIRE = 'require';

type Member = Extract<Expression, { kind: 'member' }>;

/** Follows calls: factories, `apply`, `add`, `compile`, helper functions. */
export class CallFollower {
  readonly #follower: CodeFollower;
  readonly #models: ModelFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
    this.#models = new ModelFollower(follower);
  }

  call(call: CallExpression, scope: Scope): Meaning {
    const method = call.callee.kind === 'member' ? this.#method(call, call.callee, scope) : null;
    if (method) return method;
    const required = requiredModule(call);
    if (required !== null) return this.#require(required);
    const callee = this.#follower.evaluate(call.callee, scope);
    switch (callee.kind) {
      case 'runtime':
        return this.#runtime(call, callee.path, scope);
      case 'factory':
        return this.#apply(call, callee.draft, scope);
      case 'function':
        return this.#follower.inlined(callee, this.#given(call, scope));
      case 'class':
        return this.#construct(call, callee, scope);
      default:
        return this.#unknown(call, callee, scope);
    }
  }

  /** `a + b` on tensors (Python) is an `add` layer. */
  sum(span: Span, inputs: readonly number[]): Meaning {
    const { ledger } = this.#follower;
    const draft = ledger.draft({ type: 'add', span, call: null, arguments: [] });
    return ledger.place(draft, inputs, ledger.applySite(span, null));
  }

  partOfModel(model: ModelDraft, property: string): Meaning {
    return this.#models.part(model, property);
  }

  /** The model that an instance of a class is which extends `tf.Sequential`; `null` for a layer. */
  modelOfParent(path: string, span: Span): ModelDraft | null {
    if (!/(^|\.)(Sequential|LayersModel|Model)$/.test(path)) return null;
    const none: CallExpression = {
      kind: 'call',
      span,
      callee: { kind: 'name', span, name: 'super' },
      arguments: [],
      argumentsSpan: span,
    };
    return this.#follower.ledger.model('sequential', none);
  }

  #given(call: CallExpression, scope: Scope): Meaning[] {
    return call.arguments.flatMap(({ value }) => {
      const meaning = this.#follower.evaluate(value, scope);
      return value.kind === 'spread' ? (itemsOf(meaning) ?? [UNKNOWN]) : [meaning];
    });
  }

  #require(module: string): Meaning {
    const path = this.#follower.dialect.importPath({ name: '', module, member: null });
    return path === null ? UNKNOWN : { kind: 'runtime', path };
  }

  /** An instance of a class of the file; one that extends a layer of the runtime is a layer. */
  #construct(
    call: CallExpression,
    { code, scope: outer }: Extract<Meaning, { kind: 'class' }>,
    scope: Scope,
  ): Meaning {
    const parent = code.parent ? this.#follower.evaluate(code.parent, outer) : null;
    if (parent?.kind === 'runtime' && /(^|\.)(Layer|RNN|RNNCell|\w*LSTMCell)$/.test(parent.path))
      return { kind: 'factory', draft: this.#custom(call, code.name, scope) };
    return this.#follower.instance(code, outer, this.#given(call, scope));
  }

  #custom(call: CallExpression, type: string, scope: Scope): Draft {
    const args = this.#follower.values.arguments(call, type, scope);
    return this.#follower.ledger.draft({ type, span: call.span, call, arguments: args });
  }

  /** A call of what is not in this file: on a tensor it is taken for a layer. */
  #unknown(call: CallExpression, callee: Meaning, scope: Scope): Meaning {
    const { callee: written } = call;
    const name = calledName(written);
    if (name === 'super') return this.#super(call, callee, scope);
    const [first] = this.#tensorsGiven(call, scope);
    if (!first || /^(console|JSON|tfvis)\b/.test(this.#follower.values.textOf(written.span)))
      return this.#follower.unclear(call, scope);
    if (/^(assert|expect|ensure|check|as)[A-Z]/.test(name)) return first;
    const isApply = name === this.#follower.dialect.applyMethod || name === 'predict';
    const made = isApply && written.kind === 'member' ? written.object : written;
    const type = lastWord(this.#follower.values.textOf(made.span));
    return this.#foreign(call, type, tensorsOf(first) ?? []);
  }

  /** Arguments that are tensors, or lists of them. */
  #tensorsGiven(call: CallExpression, scope: Scope): Meaning[] {
    const isTensor = (meaning: Meaning): boolean => (tensorsOf(meaning) ?? []).length > 0;
    return this.#given(call, scope).filter(isTensor);
  }

  /** One layer for all that code elsewhere does with a tensor. */
  #foreign(call: CallExpression, type: string, inputs: readonly number[]): Meaning {
    const { ledger } = this.#follower;
    ledger.missed(call.span, `\`${type}\` is not made in this file`);
    const draft = ledger.draft({ type, span: call.span, call: null, arguments: [] });
    const input = call.arguments[0]?.value ?? null;
    return ledger.uncertainly(() =>
      ledger.place(draft, inputs, ledger.applySite(call.span, input)),
    );
  }

  #super(call: CallExpression, callee: Meaning, scope: Scope): Meaning {
    const self = scope.find('this')?.meaning;
    const args = this.#given(call, scope);
    if (
      callee.kind === 'object' &&
      self?.kind === 'object' &&
      callee.code !== self.code &&
      callee.code
    )
      this.#follower.constructParent(
        { kind: 'class', code: callee.code, scope: callee.scope },
        self,
        args,
      );
    return UNKNOWN;
  }

  /** `null` when the call is not a method of a layer, a model, an object or a list. */
  #method(call: CallExpression, callee: Member, scope: Scope): Meaning | null {
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
    return isRunning ? this.#unknown(call, UNKNOWN, scope) : null;
  }

  /** Methods of layers, of models and of their outputs. */
  #ofModel(
    call: CallExpression,
    { property }: Member,
    { object, scope }: { object: Meaning; scope: Scope },
  ): Meaning | null {
    if (object.kind === 'factory')
      return property === this.#follower.dialect.applyMethod
        ? this.#apply(call, object.draft, scope)
        : this.#follower.unclear(call, scope);
    const isApplied = object.kind === 'tensor' && /^(apply|predict)$/.test(property);
    if (isApplied) return this.#unknown(call, UNKNOWN, scope);
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
      ? this.#follower.inlined(found, this.#given(call, scope))
      : null;
  }

  /** An object whose class extends a class of another file, and that adds layers to itself. */
  #modelOf(object: Meaning, property: string): ModelDraft | null {
    if (object.kind === 'model') return object.model;
    if (object.kind !== 'object') return null;
    const isForeign = object.code?.parent && property === 'add';
    const own = object.code?.methods.some(({ name }) => name === 'add');
    if (isForeign && !own) object.model ??= this.modelOfParent('Sequential', object.code.span);
    return object.model;
  }

  #objectOf(expression: Expression, scope: Scope): Meaning {
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
    return listCall(object, property, this.#given(call, scope), this.#follower);
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
    const input = this.#given(call, scope)[0] ?? UNKNOWN;
    const inputs = tensorsOf(input);
    return inputs ? this.#models.apply(model, inputs) : UNKNOWN;
  }

  #runtime(call: CallExpression, path: string, scope: Scope): Meaning {
    const factory = this.#follower.dialect.factory(path);
    if (/^load(Layers|Graph)Model$/.test(path)) return this.#models.loaded(call);
    if (call.construct && /^(Sequential|models\.Sequential)$/.test(path))
      return this.#models.sequential(call, scope);
    if (!factory) return this.#value(call, path, scope);
    switch (factory.kind) {
      case 'layer':
        return { kind: 'factory', draft: this.#draft(call, { factory, path, scope }) };
      case 'input':
        return this.#input(call, path, scope);
      case 'sequential':
        return this.#models.sequential(call, scope);
      case 'model':
        return this.#models.functional(call, scope);
    }
  }

  #value(call: CallExpression, path: string, scope: Scope): Meaning {
    const args = call.arguments.map((argument) => this.#follower.evaluate(argument.value, scope));
    const callback = args.find((argument) => argument.kind === 'function');
    if (path === 'tidy' && callback?.kind === 'function')
      return this.#follower.inlined(callback, []);
    const { value } = this.#follower.values.read(call, scope);
    // An operation of the runtime on a tensor (`tf.add(x, y)`) is not a layer.
    return args.some(({ kind }) => kind === 'tensor')
      ? this.#follower.ledger.lost(call.span, `\`tf.${path}\` on a tensor is no layer`)
      : { kind: 'value', value };
  }

  #draft(
    call: CallExpression,
    place: { factory: Extract<Factory, { kind: 'layer' }>; path: string; scope: Scope },
  ): Draft {
    const { ledger, values } = this.#follower;
    const written = values.arguments(call, place.path, place.scope);
    const given = place.factory.given.map((argument) => ({
      ...argument,
      constant: null,
      range: values.range(call.span),
    }));
    return ledger.draft({
      type: place.factory.type,
      span: call.span,
      call,
      arguments: [...given, ...written],
    });
  }

  #input(call: CallExpression, path: string, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    const factory: Factory = { kind: 'layer', type: 'inputLayer', given: [] };
    const draft = this.#draft(call, { factory, path, scope });
    // `tf.layers.inputLayer(…)` is a layer that is added; `tf.input(…)` is a tensor.
    if (path === 'layers.inputLayer') return { kind: 'factory', draft };
    return ledger.place(draft, [], ledger.applySite(call.span, null));
  }

  #apply(call: CallExpression, draft: Draft, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    const input = call.arguments[0]?.value ?? null;
    const { statement } = ledger;
    const meaning = input ? this.#follower.evaluate(input, scope) : UNKNOWN;
    ledger.statement = statement;
    const tensors = tensorsOf(meaning);
    if (tensors === null) ledger.lost(call.span, 'what the layer is applied to is not followed');
    return ledger.place(draft, tensors ?? [], ledger.applySite(call.span, input));
  }
}

function calledName(callee: Expression): string {
  if (callee.kind === 'member') return callee.property;
  return callee.kind === 'name' ? callee.name : '';
}

const lastWord = (text: string): string =>
  /([\w$]+)[^\w$]*$/.exec(text.replace(/\([^]*$/, ''))?.[1] ?? 'layer';

function requiredModule(call: CallExpression): string | null {
  const argument = call.arguments[0]?.value;
  if (
    call.callee.kind !== 'name' ||
    call.callee.name !== JAVASCRIPT_REQUIRE ||
    argument?.kind !== 'literal'
  )
    return null;
  return argument.value.kind === 'string' ? argument.value.value : null;
}
