import type { Argument } from '../../../model/architecture.ts';
import type {
  CallExpression,
  Expression,
  FunctionCode,
  ListExpression,
  Statement,
} from '../code/code.ts';
import type { CompileElsewhere } from '../code/moduleCode.ts';
import type { Span } from '../code/span.ts';

/** A function that was followed, and how often. */
export interface Frame {
  readonly code: FunctionCode;
  calls: number;
}

/** A layer that a factory call makes. */
export interface Draft {
  readonly type: string;
  readonly span: Span;
  /** The factory call; `null` for `a + b` (Python). */
  readonly call: CallExpression | null;
  readonly arguments: readonly Argument[];
  readonly conditional: boolean;
  /** Made in a loop whose rounds are known. */
  readonly repeated: boolean;
  /** The function it is written in; `null` at the top of the file. */
  readonly frame: Frame | null;
}

/** Where a layer is put into the model. */
export type Site =
  /** An item of `layers: [...]`. */
  | { readonly kind: 'item'; readonly list: ListExpression; readonly index: number }
  /** `model.add(layer);` */
  | { readonly kind: 'add'; readonly statement: Statement; readonly call: CallExpression }
  /** `layer.apply(inputs)`, in the statement that holds it. */
  | {
      readonly kind: 'apply';
      readonly statement: Statement;
      readonly span: Span;
      readonly input: Expression | null;
    }
  | { readonly kind: 'elsewhere' };

/** A layer in its place; `inputs` are positions in the same list. */
export interface PlacedLayer {
  readonly draft: Draft;
  readonly inputs: readonly number[];
  readonly site: Site;
  readonly conditional: boolean;
  /** It is there, though no edit reaches it: in a helper that is used twice, an unrolled loop. */
  readonly certain?: boolean;
}

/** A model under construction. */
export interface ModelDraft {
  readonly kind: 'sequential' | 'functional';
  readonly call: CallExpression;
  readonly statement: Statement;
  frame: Frame | null;
  /** Sequential: its layers so far. Functional: the layers whose outputs it gives. */
  readonly layers: number[];
  /** Made outside the builder, in a branch, or of parts that could not be followed. */
  followed: boolean;
  /** How often it was made a part of another model. */
  applied: number;
}

/** A `compile` call and whether it stands by itself in a function that runs once. */
export interface CompileDraft {
  readonly call: CallExpression;
  readonly editable: boolean;
  readonly frame: Frame | null;
  /** Where it stands, when no code of the builder runs it. */
  readonly elsewhere: CompileElsewhere | null;
}
