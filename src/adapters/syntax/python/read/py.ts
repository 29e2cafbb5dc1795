import type { Argument } from '../../../../model/architecture.ts';
import type { Value } from '../../../../model/values.ts';
import type { Span } from '../../code/span.ts';
import type {
  Call,
  ClassStatement,
  Constant,
  Expression,
  FunctionCode,
  Statement,
} from '../code/tree.ts';

export type Framework = 'keras' | 'torch';

/** A layer as a call makes it; `call` is `null` for what an operator (`a + b`) makes. */
export interface Draft {
  readonly type: string;
  readonly framework: Framework;
  readonly span: Span;
  readonly call: Call | null;
  readonly arguments: readonly Argument[];
  /** The statement that makes it. */
  readonly statement: Statement;
  /** Made where Cortex cannot tell whether that code runs. */
  readonly uncertain: boolean;
  /** What gives several outputs: a recurrent layer of PyTorch. */
  readonly outputs: 'one' | 'sequence and state';
}

/** Where a layer is put into the model. */
export type Site =
  /** An item between brackets or parentheses; `named`: a pair of a name and a layer. */
  | {
      readonly kind: 'item';
      readonly list: Span;
      readonly items: readonly Span[];
      readonly index: number;
      readonly named?: true;
    }
  /** `model.add(layer)` or `add_module(name, layer)` as a statement of its own. */
  | { readonly kind: 'add'; readonly statement: Statement; readonly call: Call }
  /** `layer(inputs)`, in the statement that holds it. */
  | {
      readonly kind: 'apply';
      readonly statement: Statement;
      readonly span: Span;
      readonly input: Expression | null;
    }
  /** The parameter of `forward` or `call` that takes the model's input. */
  | { readonly kind: 'parameter'; readonly name: string; readonly body: readonly Statement[] }
  | { readonly kind: 'elsewhere' };

/** A model under construction. */
export interface ModelDraft {
  readonly kind: 'sequential' | 'functional';
  readonly framework: Framework;
  readonly call: Call | null;
  readonly statement: Statement;
  /** Sequential: what it holds so far. */
  readonly items: { readonly value: Py; readonly site: Site }[];
  /** Functional: the placed layers that it reads and gives. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  compile: CompileDraft | null;
}

/** A `compile` call. */
export interface CompileDraft {
  readonly call: Call;
  readonly arguments: readonly Argument[];
  readonly statement: Statement;
  readonly editable: boolean;
}

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
  readonly scope: Names;
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

/** Names and what they stand for, inner scopes first. */
export interface Names {
  read(name: string): Py;
  readBound(name: string): Py | undefined;
  stars(): readonly string[];
  names(): Iterable<[string, Py]>;
}
