import { CortexError } from '../../util/errors.ts';
import { formatNumber } from '../../record/format.ts';

/** There are no weights of the attempt here any more, or there never were. */
export const weightsNotKept = (number: number): CortexError =>
  new CortexError({
    code: 'weights-not-kept',
    kind: 'input',
    happened: `The trained weights of #${number} are not kept here.`,
    expected: 'an attempt whose weights are kept: cortex weights <attempt> lists them.',
    remedy: `Let the same seed train them again: add --train-again to the command.`,
  });

/** Its weights do not come to Cortex, however often it trains. */
export const weightsNeverKept = (number: number): CortexError =>
  new CortexError({
    code: 'weights-never-kept',
    kind: 'input',
    happened: `#${number} was trained, and its weights did not come to Cortex.`,
    expected: 'a training that ends with the weights of its model.',
    remedy: 'Train it again (cortex train), or save it at the end of your own training.',
  });

/** Its weights are gone, and its seed alone does not make them again. */
export const madeFromOthers = (number: number): CortexError =>
  new CortexError({
    code: 'weights-made-from-others',
    kind: 'input',
    happened:
      `The weights of #${number} are not kept here any more. It was made from the weights of ` +
      'another attempt: its seed alone does not make it again.',
    expected: 'an attempt whose weights are kept: cortex weights <attempt> lists them.',
    remedy: 'Make it anew: cortex compress <the attempt it was made from>.',
  });

/** A format that there is no way to for a model; `whose` says of which model. */
export const formatNotOf = (
  format: string,
  whose: string,
  formats: readonly string[],
): CortexError =>
  new CortexError({
    code: 'export-format-not-here',
    kind: 'input',
    happened: `A model ${whose} cannot be written as ${format}.`,
    expected: `one of: ${formats.join(', ')}.`,
    remedy: `For example: cortex export <attempt> --format ${formats[0] ?? ''}`,
  });

/** A format that holds no such weights. */
export const bitsNotOf = (
  precision: string,
  format: string,
  bits: readonly string[],
): CortexError =>
  new CortexError({
    code: 'export-bits-not-here',
    kind: 'input',
    happened: `The format ${format} has no form for weights of ${precision}.`,
    expected:
      bits.length > 0
        ? `--quantize ${bits.join(' or ')}.`
        : 'tfjs, tflite or safetensors, or no --quantize.',
    remedy: 'For example: cortex export <attempt> --format safetensors --quantize 8',
  });

/** Layers that Cortex does not write itself are not folded by it. */
export const notFoldable = (format: string, framework: string): CortexError =>
  new CortexError({
    code: 'export-fold-not-here',
    kind: 'input',
    happened: `Normalisation of a model of ${framework} is not folded into the format ${format}.`,
    expected: 'a model that TensorFlow.js trained, as tfjs or safetensors; tflite folds by itself.',
    remedy: 'Leave --fold out.',
  });

/** What was loaded again is not what was trained. */
export const exportDiffers = (difference: number, allowed: number): CortexError =>
  new CortexError({
    code: 'export-differs',
    kind: 'defect',
    happened:
      `The export, loaded again, answers otherwise than its weights explain: by up to ` +
      `${formatNumber(difference)}.`,
    expected: `a difference of at most ${formatNumber(allowed)}.`,
    remedy: 'Nothing was exported; please report this with the model file.',
  });

/** Rounding costs more than a user would want to ship. */
export const exportRuins = (
  precision: string,
  { metric, before, after }: { metric: string; before: number; after: number },
): CortexError =>
  new CortexError({
    code: 'export-ruined',
    kind: 'input',
    happened:
      `With weights of ${precision} ${metric} goes from ${formatNumber(before)} to ` +
      `${formatNumber(after)}.`,
    expected: 'to lose no more than a tenth of it.',
    remedy: 'Export with more bits (--quantize 16), or without --quantize. Nothing was written.',
  });
