import type { Argument, Architecture } from '../../../../model/architecture.ts';
import type { Span } from '../../code/code.ts';
import type {
  Call,
  ClassStatement,
  Expression,
  FunctionStatement,
  PythonModule,
  Statement,
} from '../code/tree.ts';
import type { Scope } from './scope.ts';
import type { Py } from './values.ts';

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
  /** An item between brackets or parentheses. */
  | {
      readonly kind: 'item';
      readonly list: Span;
      readonly items: readonly Span[];
      readonly index: number;
    }
  /** `model.add(layer)` as a statement of its own. */
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

/** A layer in its place; `inputs` are positions in the same list. */
export interface PlacedLayer {
  readonly draft: Draft;
  readonly inputs: readonly number[];
  readonly site: Site;
  /** Runs, or not, for reasons the source does not say. */
  readonly uncertain: boolean;
  /** The place whose weights it uses again. */
  readonly reuses: number | null;
  /** Never edited: uncertain, or its source stands for several layers. */
  readonly conditional: boolean;
}

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

/** PyTorch: the optimiser of a file and the loss it trains with. */
export interface TrainingDraft {
  readonly optimizer: Call;
  readonly optimizerArguments: readonly Argument[];
  readonly type: string;
  readonly loss: Call | null;
  readonly lossName: string | null;
}

/** A line that could not be followed, and why. */
export interface Obstacle {
  readonly span: Span;
  readonly why: string;
}

/** The builder that was found. */
export interface PythonBuilder {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'class' | 'script';
  readonly span: Span;
  readonly bodySpan: Span;
  /** The statement at the top of the file. */
  readonly topLevel: Span;
  readonly statement: FunctionStatement | ClassStatement | null;
}

/** All that is known of a builder after it has been followed. */
export interface PythonReading {
  readonly architecture: Architecture;
  readonly module: PythonModule;
  readonly builder: PythonBuilder;
  /** Same order as `architecture.layers`. */
  readonly layers: readonly PlacedLayer[];
  readonly model: ModelDraft | null;
  readonly framework: Framework;
  readonly compile: CompileDraft | null;
  readonly training: TrainingDraft | null;
  readonly scope: Scope;
}
