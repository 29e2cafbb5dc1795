import { ownLayerMadeBy } from '../../../model/ownLayers/ownLayers.ts';
import type { CallExpression } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import { givenTo } from './codeFollower.ts';
import type { CodeFollower } from './codeFollower.ts';
import { ForeignFollower } from './followForeign.ts';
import { MethodFollower } from './followMethods.ts';
import type { ModelFollower } from './followModels.ts';
import { RuntimeFollower } from './followRuntime.ts';
import type { Draft } from './drafts.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

const JAVASCRIPT_REQUIRE = 'require';

/** Follows calls: factories, `apply`, `add`, `compile`, helper functions. */
export class CallFollower {
  readonly #follower: CodeFollower;
  readonly #runtime: RuntimeFollower;
  readonly #foreign: ForeignFollower;
  readonly #methods: MethodFollower;

  constructor(follower: CodeFollower, models: ModelFollower) {
    this.#follower = follower;
    this.#runtime = new RuntimeFollower(follower, models);
    this.#foreign = new ForeignFollower(follower);
    this.#methods = new MethodFollower(follower, {
      models,
      runtime: this.#runtime,
      foreign: this.#foreign,
    });
  }

  call(call: CallExpression, scope: Scope): Meaning {
    const method =
      call.callee.kind === 'member' ? this.#methods.call(call, call.callee, scope) : null;
    if (method) return method;
    const required = requiredModule(call);
    if (required !== null) return this.#require(required);
    const callee = this.#follower.evaluate(call.callee, scope);
    switch (callee.kind) {
      case 'runtime':
        return this.#runtime.call(call, callee.path, scope);
      case 'factory':
        return this.#runtime.apply(call, callee.draft, scope);
      case 'function':
        return (
          this.#ownLayer(call, callee.code().span, scope) ??
          this.#follower.inlined(callee, givenTo(this.#follower, call, scope))
        );
      case 'class':
        return this.#construct(call, callee, scope);
      default:
        return this.#foreign.call(call, callee, scope);
    }
  }

  /** A layer whose source came along with an edit; `null` where it is any other function. */
  #ownLayer(call: CallExpression, made: Span, scope: Scope): Meaning | null {
    const { values } = this.#follower;
    const name = values.textOf(call.callee.span);
    const own = ownLayerMadeBy(name, values.textOf(made));
    return own && { kind: 'factory', draft: this.#custom(call, own.type, scope) };
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
    return this.#follower.instance(code, outer, givenTo(this.#follower, call, scope));
  }

  #custom(call: CallExpression, type: string, scope: Scope): Draft {
    const args = this.#follower.values.arguments(call, type, scope);
    return this.#follower.ledger.draft({ type, span: call.span, call, arguments: args });
  }
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
