import type { Architecture } from '../model/architecture.ts';
import type { ArchitectureEdit } from '../model/edits.ts';
import type { BuilderChoice, Language } from '../model/modelFile.ts';
import type { CortexError } from '../util/errors.ts';
import type { Result } from '../util/result.ts';

/**
 * Source text ↔ `Architecture`. Reading is deterministic and free of I/O once the grammar is
 * loaded.
 */
export interface ModelSyntax {
  /** Loads the grammar of a language; call once before reading it. */
  load(language: Language): Promise<void>;
  /** Refuses with an `input` error that names the line: syntax error, no builder, two builders. */
  read(text: string, language: Language, choice?: BuilderChoice): Result<Architecture, CortexError>;
  /**
   * Whether two texts differ in nothing but comments, white space and what else a formatter does.
   */
  isSameCode(one: string, other: string, language: Language): boolean;
  /**
   * The text as a worker runs it: what the builder does not need is left out, and one export calls
   * it. The text itself where nothing has to be changed; `null` where it cannot be called.
   */
  runnable(text: string, language: Language, choice: BuilderChoice): string | null;
  /**
   * Applies typed edits; refuses where the source has a form the writer cannot edit. Keeps line
   * ends, BOM and everything outside the builder.
   */
  write(
    text: string,
    architecture: Architecture,
    edits: readonly ArchitectureEdit[],
  ): Result<string, CortexError>;
}
