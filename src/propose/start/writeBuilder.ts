import type { ArchitectureEdit } from '../../model/edits.ts';
import { ownLayer } from '../../model/ownLayers/ownLayers.ts';
import type { Language } from '../../model/modelFile.ts';
import type { ModelSyntax } from '../../ports/modelSyntax.ts';
import { CortexError } from '../../util/errors.ts';
import type { Result } from '../../util/result.ts';
import { layerSpec } from '../operators/layerSpecs.ts';
import { baseBuilder, type EditedLanguage, type StartLanguage } from './baseBuilder.ts';
import type { Sketch } from './sketch.ts';
import { torchBuilder, type InputShape } from './torchBuilder.ts';

/** A sketch, the language it is to be written in, and the sizes of the data. */
export interface Written {
  readonly sketch: Sketch;
  readonly language: StartLanguage;
  /** Of one row, channels last; PyTorch's layers are told their sizes. */
  readonly inputShape: InputShape;
  /** Classes, or numbers to be predicted. */
  readonly outputs: number;
}

/**
 * A sketch as the source of a builder: an empty builder, and the edits that put its layers into it.
 * Throws a `defect` where a language cannot say it.
 */
export async function writeBuilder(written: Written, syntax: ModelSyntax): Promise<string> {
  const { sketch, language, inputShape, outputs } = written;
  if (language === 'pytorch') return torchBuilder(sketch, inputShape, outputs);
  await syntax.load(sourceLanguage(language));
  const base = baseBuilder(sketch, language);
  const { shortcuts } = sketch;
  const after = language === 'keras' ? 0 : 'input';
  const layers = withInput(sketch, language);
  const filled =
    layers.length === 0
      ? base
      : edited(base, [{ kind: 'insertLayers', after, layers }], { language, syntax });
  return shortcuts.reduce(
    (text, _, place) =>
      edited(text, [shortcut(shortcuts, place, inputsIn(text, language))], { language, syntax }),
    filled,
  );
}

/** What comes along as source takes no input shape: a layer in front of it does. */
const withInput = ({ layers }: Sketch, language: EditedLanguage): Sketch['layers'] =>
  language !== 'keras' && ownLayer(layers[0]?.type ?? '')
    ? [layerSpec('inputLayer'), ...layers]
    : layers;

/** The language a file of this kind is read as. */
export const sourceLanguage = (language: StartLanguage): Exclude<Language, 'other'> =>
  language === 'keras' || language === 'pytorch' ? 'python' : language;

/** Layers that stand before a sketch's: an input of its own, once the builder is functional. */
const inputsIn = (text: string, language: EditedLanguage): number =>
  language === 'keras' || /tf\.input\(|\.inputLayer\(/.test(text) ? 1 : 0;

/**
 * The sums of the shortcuts before stand between a sketch's layers, and one that begins where
 * another ends begins at its sum.
 */
function shortcut(shortcuts: Sketch['shortcuts'], place: number, inputs: number): ArchitectureEdit {
  const sums = shortcuts.slice(0, place).map(({ to }) => to);
  const { from, to } = shortcuts[place] ?? { from: 0, to: 0 };
  return {
    kind: 'addResidual',
    from: from + inputs + sums.filter((sum) => sum <= from).length,
    to: to + inputs + sums.filter((sum) => sum < to).length,
    projection: null,
  };
}

interface How {
  readonly language: EditedLanguage;
  readonly syntax: ModelSyntax;
}

function edited(
  text: string,
  edits: readonly ArchitectureEdit[],
  { language, syntax }: How,
): string {
  const architecture = certain(syntax.read(text, sourceLanguage(language)));
  return certain(syntax.write(text, architecture, edits));
}

function certain<T>(result: Result<T, CortexError>): T {
  if (result.ok) return result.value;
  throw new CortexError({
    code: 'new-builder-unwritten',
    kind: 'defect',
    happened: `A first model could not be written: ${result.error.happened}`,
    expected: 'the source of a builder.',
    remedy: 'Please report it, with the kind of your data.',
    cause: result.error,
  });
}
