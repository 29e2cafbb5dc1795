import { CortexError } from '../util/errors.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Variant } from '../model/variant.ts';
import type { Architecture } from '../model/architecture.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { languageOf, type BuilderChoice, type Language } from '../model/modelFile.ts';

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

/** The language of a model file; rejects paths that cannot hold a builder. */
function languageOfModel(path: string): Language {
  const language = languageOf(path);
  if (language) return language;
  throw new CortexError({
    code: 'model-language-unknown',
    kind: 'input',
    happened: `${path} is not a model file Cortex can read.`,
    expected: 'a TypeScript, JavaScript or Python file with a build_model or buildModel function.',
    remedy: 'Name the file that holds your builder.',
  });
}
