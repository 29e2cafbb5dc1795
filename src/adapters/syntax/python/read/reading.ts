import type { Argument, Architecture } from '../../../../model/architecture.ts';
import type { Span } from '../../code/span.ts';
import type { Call, ClassStatement, FunctionStatement, PythonModule } from '../code/tree.ts';
import type { Scope } from './scope.ts';
import type { Framework, Draft, Site, ModelDraft, CompileDraft } from './py.ts';

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
