import type { Architecture } from '../../../model/architecture.ts';
import type { FunctionCode } from '../code/code.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import type { CompileDraft, ModelDraft, PlacedLayer } from './drafts.ts';
import type { Scope } from './scope.ts';

/** All that is known of a builder after it has been followed. */
export interface Reading {
  readonly architecture: Architecture;
  readonly module: ModuleCode;
  readonly builder: BuilderCode;
  /** The function the layers are written in: the builder, or the helper it calls. */
  readonly host: FunctionCode;
  /** Same order as `architecture.layers`. */
  readonly layers: readonly PlacedLayer[];
  readonly model: ModelDraft | null;
  /** `inline`: neither returned nor kept in `this`; a function that also trains. */
  readonly found: 'returned' | 'inline';
  readonly compile: CompileDraft | null;
  /** Names as they stand at the end of the builder. */
  readonly scope: Scope;
}
