import type { CallExpression, Expression, FunctionCode, Span } from '../code/code.ts';
import type { Dialect, Factory } from './dialect.ts';
import type { Draft, ModelDraft, Site } from './drafts.ts';
import type { LayerLedger } from './layerLedger.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';
import type { ValueReader } from './values.ts';

const JAVASCRIPT_REQUIRE = 'require';

/** What following a call needs of the follower of the code around it. */
interface CodeFollower {
  readonly ledger: LayerLedger;
  readonly values: ValueReader;
  readonly dialect: Dialect;
  evaluate(expression: Expression, scope: Scope): Meaning;
  inlined(code: FunctionCode, scope: Scope, args: readonly Meaning[]): Meaning;
  unclear(call: CallExpression, scope: Scope): Meaning;
}

/** Follows calls: factories, `apply`, `add`, `compile`, helper functions. */
export class CallFollower {
  readonly #follower: CodeFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
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
        return this.#helper(call, callee, scope);
      default:
        return this.#follower.unclear(call, scope);
    }
  }

  /** `a + b` on tensors (Python) is an `add` layer. */
  sum(span: Span, inputs: readonly number[]): Meaning {
    const { ledger } = this.#follower;
    const draft: Draft = { type: 'add', span, call: null, arguments: [], conditional: false };
    return ledger.place(draft, inputs, ledger.applySite(span, null));
  }

  #require(module: string): Meaning {
    const path = this.#follower.dialect.importPath({ name: '', module, member: null });
    return path === null ? UNKNOWN : { kind: 'runtime', path };
  }

  /** `null` when the call is not a method of a layer or a model. */
  #method(
    call: CallExpression,
    callee: Extract<Expression, { kind: 'member' }>,
    scope: Scope,
  ): Meaning | null {
    if (this.#follower.values.path(callee, scope) !== null) return null;
    const inPlace = callee.object.kind === 'call' || callee.object.kind === 'wrapped';
    const object = inPlace
      ? this.#follower.evaluate(callee.object, scope)
      : this.#follower.values.meaningOfName(callee.object, scope);
    if (object.kind === 'factory' && callee.property === this.#follower.dialect.applyMethod)
      return this.#apply(call, object.draft, scope);
    if (object.kind === 'model')
      return this.#modelMethod(call, callee.property, { model: object.model, scope });
    return inPlace ? this.#follower.unclear(call, scope) : null;
  }

  #modelMethod(
    call: CallExpression,
    method: string,
    { model, scope }: { model: ModelDraft; scope: Scope },
  ): Meaning {
    const { ledger } = this.#follower;
    if (method === 'add') {
      this.#add(call, model, scope);
      return { kind: 'model', model };
    }
    if (method === 'compile') ledger.compile = { call, editable: ledger.uncertain === 0 };
    if (method === 'pop' || method === 'apply' || method === 'layers') model.followed = false;
    return UNKNOWN;
  }

  #add(call: CallExpression, model: ModelDraft, scope: Scope): void {
    const { statement } = this.#follower.ledger;
    const item = call.arguments[0]?.value;
    const alone = statement.kind === 'expression' && statement.value === call;
    const site: Site = alone ? { kind: 'add', statement, call } : { kind: 'elsewhere' };
    if (item) this.#item(model, item, { site, scope });
  }

  #runtime(call: CallExpression, path: string, scope: Scope): Meaning {
    const factory = this.#follower.dialect.factory(path);
    if (!factory) return this.#value(call, scope);
    switch (factory.kind) {
      case 'layer':
        return { kind: 'factory', draft: this.#draft(call, { factory, path, scope }) };
      case 'input':
        return this.#input(call, path, scope);
      case 'sequential':
        return this.#sequential(call, scope);
      case 'model':
        return this.#model(call, scope);
    }
  }

  #value(call: CallExpression, scope: Scope): Meaning {
    const { value } = this.#follower.values.read(call, scope);
    const args = call.arguments.map((argument) => this.#follower.evaluate(argument.value, scope));
    // An operation of the runtime on a tensor (`tf.add(x, y)`) is not a layer.
    return args.some(({ kind }) => kind === 'tensor')
      ? this.#follower.ledger.lost()
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
    const conditional = ledger.uncertain > 0;
    const draft: Draft = {
      type: place.factory.type,
      span: call.span,
      call,
      arguments: [...given, ...written],
      conditional,
    };
    ledger.created.push(draft);
    return draft;
  }

  #input(call: CallExpression, path: string, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    const factory: Factory = { kind: 'layer', type: 'inputLayer', given: [] };
    const draft = this.#draft(call, { factory, path, scope });
    return ledger.place(draft, [], ledger.applySite(call.span, null));
  }

  #apply(call: CallExpression, draft: Draft, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    const input = call.arguments[0]?.value ?? null;
    const meaning = input ? this.#follower.evaluate(input, scope) : UNKNOWN;
    const tensors = tensorsOf(meaning);
    if (tensors === null) ledger.lost();
    return ledger.place(draft, tensors ?? [], ledger.applySite(call.span, input));
  }

  #helper(
    call: CallExpression,
    helper: Extract<Meaning, { kind: 'function' }>,
    scope: Scope,
  ): Meaning {
    const args = call.arguments.map(({ value }) => this.#follower.evaluate(value, scope));
    return this.#follower.inlined(helper.code(), helper.scope, args);
  }

  #newModel(kind: ModelDraft['kind'], call: CallExpression): ModelDraft {
    const { ledger } = this.#follower;
    return {
      kind,
      call,
      statement: ledger.statement,
      layers: [],
      followed: ledger.uncertain === 0,
    };
  }

  /** `{ layers: [...] }`, a list, or – PyTorch – the layers as arguments. */
  #sequential(call: CallExpression, scope: Scope): Meaning {
    const model = this.#newModel('sequential', call);
    const named = argumentNamed(call, 'layers');
    const positional = call.arguments
      .filter(({ name, value }) => name === null && value.kind !== 'object')
      .map(({ value }) => value);
    for (const list of named ? [named] : positional) {
      if (list.kind === 'list') this.#items(model, list, scope);
      else this.#item(model, list, { site: { kind: 'elsewhere' }, scope });
    }
    return { kind: 'model', model };
  }

  #items(model: ModelDraft, list: Extract<Expression, { kind: 'list' }>, scope: Scope): void {
    for (const [index, item] of list.items.entries())
      this.#item(model, item, { site: { kind: 'item', list, index }, scope });
  }

  /** One layer given to a sequential model. */
  #item(model: ModelDraft, item: Expression, { site, scope }: { site: Site; scope: Scope }): void {
    const { ledger } = this.#follower;
    const mark = ledger.created.length;
    const layer = this.#follower.evaluate(item, scope);
    if (layer.kind === 'factory') ledger.add(model, layer.draft, site);
    else if (layer.kind === 'tensor') model.layers.push(layer.layer);
    else if (layer.kind === 'list') for (const inner of layer.items) this.#known(model, inner);
    else ledger.addLoose(model, mark);
  }

  /** A layer out of a list that stands elsewhere. */
  #known(model: ModelDraft, layer: Meaning): void {
    if (layer.kind === 'factory')
      this.#follower.ledger.add(model, layer.draft, { kind: 'elsewhere' });
    else this.#follower.ledger.lost();
  }

  #model(call: CallExpression, scope: Scope): Meaning {
    const model = this.#newModel('functional', call);
    const outputs = argumentNamed(call, 'outputs') ?? call.arguments[1]?.value;
    const tensors = outputs ? tensorsOf(this.#follower.evaluate(outputs, scope)) : null;
    if (tensors === null) model.followed = false;
    model.layers.push(...(tensors ?? []));
    return { kind: 'model', model };
  }
}

/** An argument by its keyword, or by its key in the configuration object. */
function argumentNamed(call: CallExpression, name: string): Expression | undefined {
  const keyword = call.arguments.find((argument) => argument.name === name)?.value;
  const config = call.arguments[0]?.value;
  return (
    keyword ??
    (config?.kind === 'object' ? config.entries.find(({ key }) => key === name)?.value : undefined)
  );
}

function tensorsOf(meaning: Meaning): number[] | null {
  if (meaning.kind === 'tensor') return [meaning.layer];
  if (meaning.kind !== 'list') return null;
  const items = meaning.items.map(tensorsOf);
  return items.every((item) => item !== null) ? items.flat() : null;
}

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
