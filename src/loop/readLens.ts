import type { CortexError } from '../util/errors.ts';
import { lensOf, type Lens } from '../model/lens/lens.ts';
import type { DataShape } from '../model/lens/shape.ts';
import { languageOf, languageOfModel } from '../model/modelFile.ts';
import { isTrainable } from '../model/runtime.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Trainer } from '../ports/trainer.ts';
import { ok, type Result } from '../util/result.ts';
import type { Study } from '../study/study.ts';
import type { Architecture } from '../model/architecture.ts';

/** A builder in the editor: as read, and what its source tells. */
export interface BuilderLens {
  readonly architecture: Architecture;
  readonly lens: Lens;
}

/**
 * Reads the text of a model file as it stands in an editor; builds and trains nothing. A refusal
 * says why it cannot be read.
 */
export async function readLens(
  study: Study,
  text: string,
  data: DataShape | null,
  syntax: ModelSyntax,
): Promise<Result<BuilderLens, CortexError>> {
  const language = languageOfModel(study.modelPath);
  await syntax.load(language);
  const read = syntax.read(text, language, study.config);
  return read.ok ? ok({ architecture: read.value, lens: lensOf(read.value, data) }) : read;
}

/**
 * Whether the data may be looked at for its shape alone: a table holds no code of the user's; a
 * module is run once its user has trained.
 */
export const mayProfile = (
  study: Study,
  attempts: number,
  trainer: Pick<Trainer, 'runtimes'>,
): boolean =>
  study.remote === undefined &&
  isTrainable({ language: languageOf(study.modelPath) }, trainer) &&
  (typeof study.config.data === 'object' || attempts > 0);
