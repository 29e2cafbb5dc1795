import type { LayerSpec } from '../../model/edits.ts';
import { boolean, list, number, string } from '../../model/values.ts';
import { layerSpec } from '../operators/layerSpecs.ts';
import type { Sketch } from './sketch.ts';

/** Layers of first models, by what they do. */
export const dense = (units: number, activation = 'relu'): LayerSpec =>
  layerSpec('dense', { units: number(units), activation: string(activation) });

export const dropout = (rate: number): LayerSpec => layerSpec('dropout', { rate: number(rate) });

export const normalize = (type: 'batch' | 'layer'): LayerSpec => layerSpec(`${type}Normalization`);

export const flatten = layerSpec('flatten');

export const convolve2d = (filters: number, type = 'conv2d'): LayerSpec =>
  layerSpec(type, {
    filters: number(filters),
    kernelSize: number(3),
    padding: string('same'),
    activation: string('relu'),
  });

export const pool2d = layerSpec('maxPooling2d', { poolSize: number(2) });

export const averageOfPlaces = layerSpec('globalAveragePooling2d');

export const convolve1d = (filters: number, kernelSize: number): LayerSpec =>
  layerSpec('conv1d', {
    filters: number(filters),
    kernelSize: number(kernelSize),
    padding: string('same'),
    activation: string('relu'),
  });

export const pool1d = layerSpec('maxPooling1d', { poolSize: number(2) });

export const overSteps = (kind: 'Average' | 'Max'): LayerSpec =>
  layerSpec(`global${kind}Pooling1d`);

/** A recurrent layer that hands on its last step, or every one. */
export const recurrent = (
  type: 'gru' | 'lstm',
  units: number,
  handsOn: 'last' | 'every' = 'last',
): LayerSpec =>
  layerSpec(type, {
    units: number(units),
    ...(handsOn === 'every' && { returnSequences: boolean(true) }),
  });

export const embed = (words: number, size: number): LayerSpec =>
  layerSpec('embedding', { inputDim: number(words), outputDim: number(size) });

/**
 * Convolutions over a step and the two before it: zeros stand in front. Steps are the columns of a
 * picture of one row, which has padding on one side in every library.
 */
export const causal = (
  steps: number,
  { from, to, depth }: { readonly from: number; readonly to: number; readonly depth: number },
): readonly LayerSpec[] => [
  layerSpec('reshape', { targetShape: list(number(1), number(steps), number(from)) }),
  ...Array.from({ length: depth }, () => causalConvolution(to)).flat(),
  layerSpec('reshape', { targetShape: list(number(steps), number(to)) }),
];

const causalConvolution = (filters: number): readonly LayerSpec[] => [
  layerSpec('zeroPadding2d', {
    padding: list(list(number(0), number(0)), list(number(2), number(0))),
  }),
  layerSpec('conv2d', {
    filters: number(filters),
    kernelSize: list(number(1), number(3)),
    activation: string('relu'),
  }),
];

/** Layers one behind the other, trained with Adam. */
export const plainSketch = (
  layers: readonly LayerSpec[],
  output: Sketch['output'],
  more: Partial<Pick<Sketch, 'shortcuts' | 'optimizer'>> = {},
): Sketch => ({
  layers,
  output,
  shortcuts: more.shortcuts ?? [],
  optimizer: more.optimizer ?? { type: 'adam', learningRate: 0.003 },
});
