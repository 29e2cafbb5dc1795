import type { CortexError } from '../../core/errors.ts';
import type { ArchitectureEdit } from '../../core/model/edits.ts';
import { ok, refuse } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { cannotEditError } from '../errors.ts';
import type { Reading } from '../read/reading.ts';
export function writeEdits(
  text: string, edits: readonly ArchitectureEdit[], read: (text: string) => Result<Reading, CortexError>,
): Result<string, CortexError> {
  return edits.length === 0 && read(text).ok ? ok(text) : refuse(cannotEditError('x'));
}
