import type { ArchitectureEdit } from '../../../model/edits.ts';
import type { Reading } from '../read/reading.ts';
import type { Patch } from './patch.ts';

/**
 * Turns one edit of an architecture into source; one per language family. Throws
 * `model-cannot-edit`.
 */
export interface SourceWriter {
  /** The edit's indices are those of `reading`. */
  patches(reading: Reading, edit: ArchitectureEdit): readonly Patch[];
  /** Writes a sequential model as the same chain in functional form. */
  functionalForm(reading: Reading): readonly Patch[];
}
