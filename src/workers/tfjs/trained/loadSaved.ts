import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SavedModel } from '../../../model/savedModel.ts';
import { readModel, type Weight } from '../../../model/trainedModel.ts';
import { CortexError } from '../../../util/errors.ts';
import { assembleModel } from '../blueprint/assembleModel.ts';
import type { LayersModel, Tf } from '../tf.ts';

/** Loads a trained model from the disk; throws an `input` error where it cannot be loaded. */
export async function loadSaved(
  { format, path }: Pick<SavedModel, 'format' | 'path'>,
  tf: Tf,
): Promise<LayersModel> {
  try {
    if (format === 'tfjs')
      return await tf.loadLayersModel(pathToFileURL(join(path, 'model.json')).href);
    const { facts, weights } = readModel(await readFile(path));
    const blueprint = { weights: weights.map(encoded), draws: 0, compile: null };
    return await assembleModel({ ...blueprint, topology: facts.topology ?? '' }, tf);
  } catch (error) {
    if (error instanceof CortexError) throw error;
    throw notLoadable(path, error);
  }
}

function encoded({ shape, dtype, values }: Weight) {
  const numbers = dtype === 'int32' ? Int32Array.from(values) : values;
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return { shape: [...shape], dtype, values: bytes.toString('base64') };
}

const notLoadable = (path: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'weights-not-loadable',
    kind: 'input',
    cause,
    happened:
      `The trained model at ${path} cannot be put together` +
      `${cause instanceof Error ? `: ${cause.message}` : ''}.`,
    expected: "a model of TensorFlow.js's own layers; one of the file's own needs its code.",
    remedy: 'Replace layers of your own by those of TensorFlow.js, or load it beside your code.',
  });
