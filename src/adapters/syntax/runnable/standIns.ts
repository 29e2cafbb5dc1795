import type { Architecture } from '../../../model/architecture.ts';

const SHAPES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/3d/i, [8, 16, 16, 1]],
  [/2d/i, [28, 28, 1]],
  [/1d|lstm|gru|rnn|bidirectional|timeDistributed/i, [20, 8]],
  [/embedding/i, [20]],
];

/** A shape that the first layer can read, for a look at a builder whose data is not there. */
export function standInShape({ layers }: Architecture): readonly number[] {
  if (/^(flatten|globalAverage|globalMax)/.test(layers[0]?.type ?? '')) return [8, 8];
  const first = layers.find(({ type }) => !/^(inputLayer|reshape|flatten|dropout)$/.test(type));
  return SHAPES.find(([type]) => type.test(first?.type ?? ''))?.[1] ?? [8];
}
