import type { Compressed, Smaller } from '../loop/compress/smaller.ts';
import type { TrainedModel } from '../model/trainedModel.ts';
import { formatNumber } from '../record/format.ts';

/** `pruning-and-distillation, 16 → 7, uint8`. */
export const wayOf = ({ method, change, precision }: Smaller): string =>
  [method, change, precision].filter((part) => part !== '').join(', ');

/**
 * Those to which no other is both smaller and better: the front of size against metric, the
 * smallest first.
 */
export function frontOf(tried: readonly Smaller[]): readonly Smaller[] {
  const front: Smaller[] = [];
  for (const each of tried.toSorted((a, b) => a.bytes - b.bytes || gainOf(b) - gainOf(a))) {
    const last = front.at(-1);
    if (!last || gainOf(each) > gainOf(last)) front.push(each);
  }
  return front;
}

/** Middle of the interval: of what was gained, where below 0 lost. */
const gainOf = ({ verdict: { gain } }: Smaller): number =>
  gain ? (gain.least + gain.most) / 2 : -Infinity;

/** What came of it in a few sentences; `limit`: of the bytes, that was asked for. */
export function answerOf(compressed: Compressed, limit: number): readonly string[] {
  const { best, tried, margin, metric, seeds } = compressed;
  const within = `worse by more than ${formatNumber(margin)} of ${metric}`;
  const held = tried.find(({ verdict }) => verdict.kind === 'not-worse');
  const open = tried.find(
    ({ verdict, bytes }) =>
      verdict.kind === 'cannot-tell' && bytes <= limit && bytes < (held?.bytes ?? Infinity),
  );
  return [
    best
      ? `${best === held ? 'The smallest' : `The best${atMost(limit)}`} that is not ${within}: ` +
        `${sizeText(best, compressed)}.`
      : `No smaller model${atMost(limit)} is known not to be ${within}.`,
    ...(best === null && held
      ? [`Above that limit there is one: ${sizeText(held, compressed)}.`]
      : []),
    ...(best && held && held !== best
      ? [`The smallest that holds, with less to spare: ${sizeText(held, compressed)}.`]
      : []),
    ...(open
      ? [
          `${sizeText(open, compressed)} may be as good: ${seeds.length} seeds cannot tell, more ` +
            'of them may.',
        ]
      : []),
  ];
}

const atMost = (limit: number): string =>
  limit === Infinity ? '' : ` of ${formatNumber(limit)} bytes or less`;

const sizeText = (each: Smaller, { original }: Compressed): string =>
  `${each.bytes} bytes (1/${(original.bytes / each.bytes).toFixed(1)}), ${wayOf(each)}`;

/** What `cortex export` is told to write weights of that precision. */
export function exportFlags(
  { precision }: Pick<Smaller, 'precision'>,
  framework: TrainedModel['facts']['framework'],
): string {
  if (precision === 'float32') return '';
  const bits = precision === 'float16' ? '16' : '8';
  if (framework === 'keras') return ` --format tflite --quantize ${bits}`;
  const isPlain = framework === 'tfjs' && precision !== 'int8-per-channel';
  return isPlain ? ` --quantize ${bits}` : ` --format safetensors --quantize ${bits}`;
}
