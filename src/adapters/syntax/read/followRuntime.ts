import type { CallExpression } from '../code/code.ts';
import type { CodeFollower } from './codeFollower.ts';
import type { Factory } from './dialect.ts';
import type { Draft } from './drafts.ts';
import { tensorsOf } from './followModels.ts';
import type { ModelFollower } from './followModels.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

/** Follows calls of the runtime library: its factories, its models, its operations. */
export class RuntimeFollower {
  readonly #follower: CodeFollower;
  readonly #models: ModelFollower;

  constructor(follower: CodeFollower, models: ModelFollower) {
    this.#follower = follower;
    this.#models = models;
  }

  call(call: CallExpression, path: string, scope: Scope): Meaning {
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

  /** A layer is put on what the call is given. */
  apply(call: CallExpression, draft: Draft, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    const input = call.arguments[0]?.value ?? null;
    const { statement } = ledger;
    const meaning = input ? this.#follower.evaluate(input, scope) : UNKNOWN;
    ledger.statement = statement;
    const tensors = tensorsOf(meaning);
    if (tensors === null) ledger.lost(call.span, 'what the layer is applied to is not followed');
    return ledger.place(draft, tensors ?? [], ledger.applySite(call.span, input));
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
}
