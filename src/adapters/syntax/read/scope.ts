import type { ClassCode, Expression, FunctionCode, Statement } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import type { Value } from '../../../model/values.ts';
import type { Draft, ModelDraft } from './drafts.ts';

/** An instance of a class of the file, or an object that is changed after it was made. */
export interface Instance {
  readonly kind: 'object';
  readonly fields: Map<string, Meaning>;
  readonly code: ClassCode | null;
  readonly scope: Scope;
  /** Set where the class extends the runtime's own model. */
  model: ModelDraft | null;
}

/** What an expression means while the builder is followed. */
export type Meaning =
  | { readonly kind: 'runtime'; readonly path: string }
  | { readonly kind: 'factory'; readonly draft: Draft }
  | { readonly kind: 'tensor'; readonly layer: number }
  | { readonly kind: 'list'; readonly items: Meaning[] }
  | { readonly kind: 'model'; readonly model: ModelDraft }
  | { readonly kind: 'value'; readonly value: Value }
  | {
      readonly kind: 'record';
      readonly expression: Extract<Expression, { kind: 'object' }>;
      readonly scope: Scope;
    }
  | Instance
  | { readonly kind: 'class'; readonly code: ClassCode; readonly scope: Scope }
  | {
      readonly kind: 'function';
      readonly code: () => FunctionCode;
      readonly scope: Scope;
      /** What `this` is in it, for a method. */
      readonly self?: Meaning;
    }
  | { readonly kind: 'unknown' };

/** What a name stands for. */
interface Binding {
  readonly meaning: Meaning;
  /** Where it was last given a value, and the value's range; `null` for parameters and imports. */
  readonly declared: { readonly statement: Statement; readonly value: Span } | null;
}

export const UNKNOWN: Meaning = { kind: 'unknown' };

/** JavaScript's `undefined`, and what a function without `return` gives. */
export const NOTHING: Meaning = { kind: 'value', value: { kind: 'null' } };

/** Names and what they stand for, inner scopes first. */
export class Scope {
  readonly #parent: Scope | null;
  readonly #bindings = new Map<string, Binding>();

  constructor(parent: Scope | null) {
    this.#parent = parent;
  }

  find(name: string): Binding | undefined {
    return this.#bindings.get(name) ?? this.#parent?.find(name);
  }

  declare(name: string, meaning: Meaning, declared: Binding['declared'] = null): void {
    this.#bindings.set(name, { meaning, declared });
  }

  /**
   * Gives an existing name a new meaning where it was declared; declares it here when it is new.
   */
  assign(name: string, meaning: Meaning, declared: Binding['declared'] = null): void {
    this.#owner(name).declare(name, meaning, declared);
  }

  /** Gives a place (`self.model`) a meaning for the whole file: objects outlive functions. */
  set(place: string, meaning: Meaning): void {
    if (this.#parent) this.#parent.set(place, meaning);
    else this.declare(place, meaning);
  }

  /** Every name that can be seen from here, inner ones first. */
  *names(): Generator<[string, Binding]> {
    yield* this.#bindings;
    if (!this.#parent) return;
    for (const [name, binding] of this.#parent.names())
      if (!this.#bindings.has(name)) yield [name, binding];
  }

  #owner(name: string): Scope {
    return this.#bindings.has(name) || !this.#parent
      ? this
      : this.#parent.find(name)
        ? this.#parent.#owner(name)
        : this;
  }
}
