import type { LineReader, LogFormat, LogLine, Sighting } from '../logFormat.ts';
import { parseObject, sightingOf } from './jsonLines.ts';

/** Hugging Face's last line sums the training up: no epoch is reported in it. */
const SUMMARY = /'train_runtime'/;

/**
 * Hugging Face's Trainer: `{'loss': 0.41, 'learning_rate': 4e-05, 'epoch': 1.25}`. An epoch number
 * between two whole ones is a step inside the epoch that is under way, the one that ends at the
 * next whole number.
 */
export const pythonDicts: LogFormat = { name: 'Python dicts', start: (): LineReader => ({ read }) };

function read({ text, number }: LogLine): Sighting | null {
  const begin = text.indexOf("{'");
  if (begin < 0 || !text.trimEnd().endsWith('}') || SUMMARY.test(text)) return null;
  const object = parseObject(
    text
      .slice(begin)
      .replaceAll("'", '"')
      .replaceAll(/(?<=:\s*)(?:nan|inf|-inf)(?=\s*[,}])/g, '"$&"')
      .replaceAll(/(?<=:\s*)(?:None)(?=\s*[,}])/g, 'null'),
  );
  const sighting = object && sightingOf(object, text);
  if (!sighting || sighting.epoch === null) return null;
  return { ...sighting, ...placeInEpochs(sighting.epoch), epochAt: -1, line: number };
}

/** The epoch a fractional one lies in, and how far. */
export function placeInEpochs(fraction: number): Pick<Sighting, 'epoch' | 'step'> {
  const epoch = Math.ceil(fraction);
  return {
    epoch,
    step: { step: Number.isInteger(fraction) ? 1 : fraction - epoch + 1, steps: 1, at: -1 },
  };
}
