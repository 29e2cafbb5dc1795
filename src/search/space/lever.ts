import type { ArchitectureEdit } from '../../model/edits.ts';
import type { OperatorContext } from '../../propose/operators/operatorContext.ts';
import type { Configuration, Dimension } from './dimension.ts';

/** Dimensions of the builder, and how what they take is written into it. */
export interface Lever {
  readonly dimensions: readonly Dimension[];
  /**
   * What a configuration changes in the builder as the levers before this one left it; empty where
   * it is to stay.
   */
  edits(values: Configuration, context: OperatorContext): readonly ArchitectureEdit[];
}
