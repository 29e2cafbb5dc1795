import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Variant } from '../model/variant.ts';
import type { Architecture } from '../model/architecture.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { languageOfModel, type BuilderChoice } from '../model/modelFile.ts';

/**
 * Reads a model file's builder; rejects with the `input` error that names what is wrong and where.
 */
export async function readArchitecture(
  file: Variant,
  syntax: ModelSyntax,
  choice: BuilderChoice,
): Promise<Architecture> {
  const language = languageOfModel(file.path);
  await syntax.load(language);
  const read = syntax.read(file.text, language, choice);
  if (!read.ok) throw read.error;
  return read.value;
}

/**
 * The canonical form of a builder (see `fingerprint`), or `null` when the text cannot be read as
 * one.
 */
export async function fingerprintOf(
  file: Variant,
  syntax: ModelSyntax,
  choice: BuilderChoice,
): Promise<string | null> {
  const language = languageOfModel(file.path);
  await syntax.load(language);
  const read = syntax.read(file.text, language, choice);
  return read.ok ? fingerprint(read.value) : null;
}
