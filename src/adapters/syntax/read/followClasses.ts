import type { CallExpression, ClassCode } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import type { CodeFollower } from './codeFollower.ts';
import type { ModelDraft } from './drafts.ts';
import type { ModelFollower } from './followModels.ts';
import { NOTHING, Scope, UNKNOWN } from './scope.ts';
import type { Instance, Meaning } from './scope.ts';

type Class = Extract<Meaning, { kind: 'class' }>;

/** Follows classes of the file: how their objects are made, and what stands behind their names. */
export class ClassFollower {
  readonly #follower: CodeFollower;
  readonly #models: ModelFollower;

  constructor(follower: CodeFollower, models: ModelFollower) {
    this.#follower = follower;
    this.#models = models;
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

  #construct(
    code: ClassCode,
    { made, scope }: { made: Instance; scope: Scope },
    args: readonly Meaning[],
  ): void {
    const parent = code.parent ? this.#follower.evaluate(code.parent, scope) : null;
    const inner = new Scope(scope);
    inner.declare('this', made);
    inner.declare('super', superOf(parent, made));
    const constructor = code.methods.find(({ name }) => name === 'constructor');
    if (parent?.kind === 'runtime')
      made.model = modelOfParent(this.#follower, parent.path, code.span);
    else if (!constructor && parent?.kind === 'class')
      this.#construct(parent.code, { made, scope: parent.scope }, args);
    this.#setFields(code, made, inner);
    if (constructor)
      this.#follower.inlined(
        { kind: 'function', code: constructor.code, scope: inner, self: made },
        args,
      );
  }

  #setFields({ fields }: ClassCode, made: Instance, scope: Scope): void {
    for (const { name, value } of fields.filter(({ shared }) => !shared))
      made.fields.set(name, value ? this.#follower.evaluate(value, scope) : NOTHING);
  }

  /** `super(…)`: the parent's fields and constructor, on the same object. */
  constructParent(parent: Class, made: Instance, args: readonly Meaning[]): void {
    this.#construct(parent.code, { made, scope: parent.scope }, args);
  }

  #shared({ code, scope }: Class, property: string): Meaning {
    const method = code.methods.find(({ name, shared }) => shared && name === property);
    if (method) return { kind: 'function', code: method.code, scope };
    const field = code.fields.find(({ name, shared }) => shared && name === property);
    return field?.value ? this.#follower.evaluate(field.value, scope) : UNKNOWN;
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
    return method.getter ? this.#follower.inlined(found, []) : found;
  }

  #ofModel(model: ModelDraft, property: string): Meaning {
    return /^(outputs?|inputs?|layers)$/.test(property)
      ? this.#models.part(model, property)
      : UNKNOWN;
  }
}

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

/** The model that an instance of a class is which extends `tf.Sequential`; `null` for a layer. */
export function modelOfParent(
  { ledger }: CodeFollower,
  path: string,
  span: Span,
): ModelDraft | null {
  if (!/(^|\.)(Sequential|LayersModel|Model)$/.test(path)) return null;
  const none: CallExpression = {
    kind: 'call',
    span,
    callee: { kind: 'name', span, name: 'super' },
    arguments: [],
    argumentsSpan: span,
  };
  return ledger.model('sequential', none);
}
