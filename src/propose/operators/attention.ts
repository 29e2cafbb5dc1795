import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import { argumentOf, flagOf, numberOf } from '../../model/layerArguments.ts';
import { boolean, list, number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isConv2d, isFlatten, isRecurrent } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { describe, endOfBlock, incomingShapeOf, nextOf, shapeOf, type Network } from './network.ts';
import type { Idea } from './operator.ts';

const FEWEST_CHANNELS = 8;
const REDUCTION = 8;
const FEWEST_UNITS = 4;

/** Weighs the channels of a convolution by what each holds over the whole image. */
export const channelAttention = defineOperator({
  name: 'channel-attention',
  family: 'attention',
  source:
    'Hu, Shen & Sun, Squeeze-and-Excitation Networks, 2018 (arXiv 1709.01507); Wang et al., ' +
    'ECA-Net, 2020 (arXiv 1910.03151)',
  answers: { underfitting: 0.35, plateau: 0.35, creeping: 0.2 },
  base: 0.15,
  gain: 0.12,
  ideas: ({ network }) =>
    network.hidden.filter(isConv2d).flatMap((layer) => weighed(network, layer)),
});

function weighed(network: Network, layer: Layer): readonly Idea[] {
  const end = endOfBlock(network, layer);
  const channels = numberOf(layer, 'filters') ?? 0;
  const isOnePlace = shapeOf(network, end)?.reduce((a, b) => a * b) === channels;
  if (channels < FEWEST_CHANNELS || isOnePlace || !nextOf(network, end)) return [];
  const all = [excited(channels), neighbouring(channels)];
  const ways = network.architecture.framework === 'torch' ? all.slice(0, 1) : all;
  return ways.map(({ name, layers, how, weights }, index) => ({
    title: `Weigh the channels of ${describe(network, layer)} (${name})`,
    edits: [{ kind: 'addBranch', at: end.index, layers, merge: layerSpec('multiply') }],
    variantKey: `layer ${layer.index}, ${name}`,
    because:
      `each of the ${channels} channels of ${describe(network, layer)} is multiplied by a weight ` +
      `between 0 and 1 that ${how}: what matters in this image is let through`,
    fit: 1 - 0.05 * index,
    growth: network.parameters ? 1 + weights / network.parameters : 1,
  }));
}

interface Way {
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly how: string;
  readonly weights: number;
}

const squeeze = layerSpec('globalAveragePooling2d');
const asImage = (channels: number): LayerSpec =>
  layerSpec('reshape', { targetShape: list(number(1), number(1), number(channels)) });

function excited(channels: number): Way {
  const units = Math.max(FEWEST_UNITS, Math.round(channels / REDUCTION));
  return {
    name: 'squeeze and excitation',
    layers: [
      squeeze,
      layerSpec('dense', { units: number(units), activation: string('relu') }),
      layerSpec('dense', { units: number(channels), activation: string('sigmoid') }),
      asImage(channels),
    ],
    how: 'two small dense layers tell from the averages of all channels',
    weights: 2 * channels * units + channels + units,
  };
}

/** The kernel grows with the logarithm of the channels, as in the paper (γ = 2, b = 1). */
function neighbouring(channels: number): Way {
  const reach = Math.floor(Math.abs((Math.log2(channels) + 1) / 2));
  const kernel = reach % 2 === 1 ? reach : reach + 1;
  return {
    name: 'ECA',
    layers: [
      squeeze,
      layerSpec('reshape', { targetShape: list(number(channels), number(1)) }),
      layerSpec('conv1d', {
        filters: number(1),
        kernelSize: number(kernel),
        padding: string('same'),
        activation: string('sigmoid'),
        useBias: boolean(false),
      }),
      asImage(channels),
    ],
    how: `a convolution over the averages of ${kernel} neighbouring channels tells`,
    weights: kernel,
  };
}

const FEWEST_STEPS = 3;

/** A weighted mean of all steps of a sequence, whose weights are learned. */
export const stepAttention = defineOperator({
  name: 'attention-over-steps',
  family: 'attention',
  source:
    'Raffel & Ellis, Feed-Forward Networks with Attention Can Solve Some Long-Term Memory ' +
    'Problems, 2015 (arXiv 1512.08756); after Bahdanau, Cho & Bengio, 2014 (arXiv 1409.0473)',
  answers: { underfitting: 0.35, plateau: 0.35, 'train-validation-gap': 0.2, overfitting: 0.1 },
  calledBy: { 'many-steps': 0.4 },
  base: 0.2,
  gain: 0.15,
  ideas: ({ network }) =>
    network.architecture.framework === 'torch' || network.architecture.layers.some(isMasking)
      ? []
      : network.hidden.flatMap((layer) => attended(network, layer)),
});

/** What hides steps hides them from layers that know of it; the weights do not. */
const isMasking = (layer: Layer): boolean =>
  layer.type === 'masking' ||
  (argumentOf(layer, 'maskZero') !== null && flagOf(layer, 'maskZero', true));

function attended(network: Network, layer: Layer): readonly Idea[] {
  const [steps = 0, features = 0, ...others] = incomingShapeOf(network, layer) ?? [];
  if (others.length > 0 || steps < FEWEST_STEPS || features < 1) return [];
  if (isRecurrent(layer) && givesLastStep(layer)) return [ofEveryStep(network, layer, steps)];
  const [before, ...more] = layer.inputs;
  const isSummary = isFlatten(layer) || /^global(Average|Max)Pooling1d$/.test(layer.type);
  return isSummary && before !== undefined && more.length === 0
    ? [inPlaceOf(network, layer, { before, steps })]
    : [];
}

const givesLastStep = (layer: Layer): boolean =>
  !argumentOf(layer, 'returnState') &&
  !argumentOf(layer, 'goBackwards') &&
  (argumentOf(layer, 'returnSequences') === null || !flagOf(layer, 'returnSequences', true));

function ofEveryStep(network: Network, layer: Layer, steps: number): Idea {
  return {
    title: `Attend to all ${steps} steps of ${describe(network, layer)}`,
    edits: [
      {
        kind: 'setArgument',
        layer: layer.index,
        name: 'returnSequences',
        value: boolean(true),
      },
      attention(layer.index),
    ],
    variantKey: `layer ${layer.index}, every step`,
    because:
      `${describe(network, layer)} hands on its last of ${steps} steps alone; a learned weight ` +
      'for each step lets what came early be heard as well',
    growth: 1.05,
  };
}

function inPlaceOf(
  network: Network,
  layer: Layer,
  { before, steps }: { readonly before: number; readonly steps: number },
): Idea {
  return {
    title: `Attend to the ${steps} steps in place of ${layer.type}`,
    edits: [attention(before), { kind: 'removeLayer', layer: layer.index }],
    variantKey: `layer ${layer.index}, attended`,
    because:
      `${describe(network, layer)} counts all ${steps} steps alike, or each by its place; a ` +
      'learned weight for each step finds those that matter wherever they stand',
    fit: 0.9,
  };
}

/** A score for each step, made a share of one; then the sum of the steps by their shares. */
const attention = (at: number): ArchitectureEdit => ({
  kind: 'addBranch',
  at,
  layers: [
    layerSpec('dense', { units: number(1), activation: string('tanh') }),
    layerSpec('flatten'),
    layerSpec('softmax'),
  ],
  merge: layerSpec('dot', { axes: number(1) }),
});
