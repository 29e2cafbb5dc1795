import type { Value } from '../../../../model/values.ts';
import type { Call, ClassStatement, Constant, FunctionCode } from '../code/tree.ts';
import type { Draft, ModelDraft } from './reading.ts';
import type { Scope } from './scope.ts';

/** What an expression stands for while a builder is followed. */
export type Py =
  /** `handed`: the builder's own parameter (`input_shape`) with its default value. */
  | { readonly kind: 'constant'; readonly value: Constant; readonly handed?: string }
  | ListValue
  | { readonly kind: 'dictionary'; readonly entries: Map<string, Py> }
  | FunctionValue
  | ClassValue
  | InstanceValue
  /** Something of Keras, TensorFlow, PyTorch or Python by its path: `keras.layers.Dense`. */
  | { readonly kind: 'library'; readonly path: string }
  /** A call of the library that makes no layer: a regulariser, an optimiser. */
  | { readonly kind: 'made'; readonly path: string; readonly call: Call; readonly value: Value }
  | { readonly kind: 'layer'; readonly draft: Draft }
  /** The output of a placed layer; −1 for the input of a model that states none. */
  | { readonly kind: 'tensor'; readonly layer: number }
  | { readonly kind: 'model'; readonly model: ModelDraft }
  | { readonly kind: 'method'; readonly object: Py; readonly name: string }
  | { readonly kind: 'partial'; readonly callee: Py; readonly given: Given }
  | { readonly kind: 'super'; readonly self: InstanceValue; readonly behind: ClassValue }
  /** `from`: the module of the user's own that it was imported from. */
  | { readonly kind: 'unknown'; readonly text: string; readonly from?: string };

export interface ListValue {
  readonly kind: 'list';
  readonly form: 'list' | 'tuple';
  readonly items: Py[];
  readonly handed?: string;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly code: FunctionCode;
  readonly scope: Scope;
  /** What it is bound to, and the class it stands in. */
  readonly self: Py | null;
  readonly owner: ClassValue | null;
  readonly role: 'plain' | 'property' | 'static' | 'class';
}

export interface ClassValue {
  readonly kind: 'class';
  readonly statement: ClassStatement;
  readonly bases: readonly Py[];
  readonly members: Map<string, Py>;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly type: ClassValue;
  readonly attributes: Map<string, Py>;
  readonly framework: 'keras' | 'torch' | null;
  /** Where it was made, what `super().__init__(…)` of a sequential model was given, `compile`. */
  readonly model: ModelDraft;
}

/** A value handed to a call, and where it was written (`null`: by Cortex itself). */
export interface GivenValue {
  readonly value: Py;
  readonly argument: Call['arguments'][number] | null;
}

/** The arguments of a call, evaluated. */
export interface Given {
  readonly positional: readonly GivenValue[];
  readonly named: ReadonlyMap<string, GivenValue>;
}

export const NOTHING: Given = { positional: [], named: new Map() };

export const constant = (value: Constant): Py => ({ kind: 'constant', value });

export const NONE: Py = constant(null);

export const unknown = (text: string): Py => ({ kind: 'unknown', text });

export const listOf = (items: readonly Py[], form: 'list' | 'tuple' = 'list'): ListValue => ({
  kind: 'list',
  form,
  items: [...items],
});

export const given = (...values: readonly Py[]): Given => ({
  positional: values.map((value) => ({ value, argument: null })),
  named: new Map(),
});

export const numberIn = (value: Py | undefined): number | null =>
  value?.kind === 'constant' && typeof value.value === 'number' ? value.value : null;

export const textIn = (value: Py | undefined): string | null =>
  value?.kind === 'constant' && typeof value.value === 'string' ? value.value : null;

/** Whether a value counts as true; `null` where it is not known. */
export function truth(value: Py): boolean | null {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'list':
      return value.items.length > 0;
    case 'dictionary':
      return value.entries.size > 0;
    case 'unknown':
    case 'made':
      return null;
    default:
      return true;
  }
}

/** The tensors in a value, also those in lists and dictionaries. */
export function tensorsIn(value: Py): readonly number[] {
  if (value.kind === 'tensor') return [value.layer];
  if (value.kind === 'list') return value.items.flatMap(tensorsIn);
  return value.kind === 'dictionary' ? [...value.entries.values()].flatMap(tensorsIn) : [];
}

/** The tensors a call is given. */
export const tensorsGiven = ({ positional, named }: Given): readonly number[] =>
  [...positional, ...named.values()].flatMap(({ value }) => tensorsIn(value));

/** An argument by its place or its name. */
export const argumentOf = (
  { positional, named }: Given,
  index: number,
  ...names: readonly string[]
): Py | undefined =>
  (positional[index] ?? names.map((name) => named.get(name)).find((found) => found !== undefined))
    ?.value;
