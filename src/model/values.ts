/**
 * A value written in a builder, independent of the language it is written in. Names are tfjs's own
 * (camelCase).
 */
export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  /**
   * A call into the runtime, e.g. `regularizers.l2({ l2: 1e-4 })` or `train.adam(0.001)`; `callee`
   * has no `tf.` in front.
   */
  | { readonly kind: 'call'; readonly callee: string; readonly arguments: readonly NamedValue[] }
  /** Anything Cortex does not interpret; kept as the user wrote it. */
  | { readonly kind: 'source'; readonly text: string };

/** One argument by its tfjs name; positional arguments carry their position as the name (`"0"`). */
export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

/** Short constructors, so that operators read like the code they produce. */
export const number = (value: number): Value => ({ kind: 'number', value });
export const string = (value: string): Value => ({ kind: 'string', value });
export const boolean = (value: boolean): Value => ({ kind: 'boolean', value });
export const list = (...items: readonly Value[]): Value => ({ kind: 'list', items });
export const call = (callee: string, args: Readonly<Record<string, Value>>): Value => ({
  kind: 'call',
  callee,
  arguments: Object.entries(args).map(([name, value]) => ({ name, value })),
});
