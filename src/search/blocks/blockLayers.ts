import type { LayerSpec } from '../../model/edits.ts';
import { boolean, number, string } from '../../model/values.ts';
import { layerSpec } from '../../propose/operators/layerSpecs.ts';

/** What the units of a block are told. */
export interface Size {
  readonly width: number;
  readonly activation: string;
}

const units = ({ width }: Size) => ({ units: number(width) });
const dense = (size: Size): LayerSpec =>
  layerSpec('dense', { ...units(size), activation: string(size.activation) });
const recurrent = (type: string, size: Size): LayerSpec =>
  layerSpec(type, { ...units(size), returnSequences: boolean(true) });
const convolution = (type: string, { width, activation }: Size): LayerSpec =>
  layerSpec(type, {
    filters: number(width),
    kernelSize: number(3),
    padding: string('same'),
    activation: string(activation),
  });

/** The layers of each kind of block; of a residual one the second is added to the first. */
const LAYERS: Readonly<Record<string, (size: Size) => readonly LayerSpec[]>> = {
  dense: (size) => [dense(size)],
  residual: (size) => [dense(size), dense(size)],
  experts: (size) => [
    layerSpec('expertMixture', { ...units(size), experts: number(4), top: number(2) }),
  ],
  gru: (size) => [recurrent('gru', size)],
  lstm: (size) => [recurrent('lstm', size)],
  attention: () => [
    layerSpec('positionCodes'),
    layerSpec('selfAttention', { heads: number(1), reach: number(0) }),
  ],
  'convolution over steps': (size) => [convolution('conv1d', size)],
  convolution: (size) => [convolution('conv2d', size)],
  'separable convolution': (size) => [convolution('separableConv2d', size)],
  'convolution and pooling': (size) => [
    convolution('conv2d', size),
    layerSpec('maxPooling2d', { poolSize: number(2), padding: string('same') }),
  ],
};

export const kindLayers = (kind: string, size: Size): readonly LayerSpec[] =>
  LAYERS[kind]?.(size) ?? [];

const ACTIVE = 0.25;

/** What stands behind the units of a row. */
const COMPANIONS: Readonly<Record<string, (width: number) => LayerSpec>> = {
  batchNormalization: () => layerSpec('batchNormalization'),
  layerNormalization: () => layerSpec('layerNormalization'),
  kWinners: (width) =>
    layerSpec('kWinners', { k: number(Math.max(1, Math.round(width * ACTIVE))) }),
  lateralInhibition: () => layerSpec('lateralInhibition', { strength: number(1) }),
  feedback: () => layerSpec('feedback', { steps: number(3) }),
  dendriticGate: () => layerSpec('dendriticGate', { segments: number(4) }),
};

export const companionLayers = (name: string, width: number): readonly LayerSpec[] => {
  const layer = COMPANIONS[name]?.(width);
  return layer ? [layer] : [];
};

/** Drops a share of what a block gives; nothing where it is 0. */
export const dropoutLayers = (rate: number): readonly LayerSpec[] =>
  rate === 0 ? [] : [layerSpec('dropout', { rate: number(rate) })];

/** What makes a row of all places or steps. */
export function endLayers(input: 'steps' | 'image', end: string): readonly LayerSpec[] {
  if (end === 'flatten') return [layerSpec('flatten')];
  return [layerSpec(input === 'steps' ? 'globalAveragePooling1d' : 'globalAveragePooling2d')];
}
