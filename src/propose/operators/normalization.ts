import type { Layer } from '../../model/architecture.ts';
import { defineOperator } from './defineOperator.ts';
import {
  isActivation,
  isConvolution,
  isInput,
  isNormalization,
  isRecurrent,
  isWeighted,
} from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import {
  type Network,
  blockOf,
  consumersOf,
  describe,
  describeAll,
  inputShapeOf,
  sizedLayers,
} from './network.ts';
import type { Idea } from './operator.ts';

/** How a normalisation is named and why it helps. */
interface Normalization {
  readonly type: 'batchNormalization' | 'layerNormalization';
  readonly words: string;
  readonly why: string;
}

/** Normalise behind all hidden layers that are not normalised yet, or behind one. */
function normalizeIdeas(
  network: Network,
  layers: readonly Layer[],
  normalization: Normalization,
): readonly Idea[] {
  const bare = layers.filter((layer) => !blockOf(network, layer).some(isNormalization));
  const groups =
    bare.length > 1 ? [bare, ...bare.map((layer) => [layer])] : bare.map((layer) => [layer]);
  return groups.map((group) => normalize(network, group, normalization));
}

function normalize(
  network: Network,
  layers: readonly Layer[],
  { type, words, why }: Normalization,
): Idea {
  const where = describeAll(network, layers);
  return {
    title: `Add ${words} after ${where}`,
    edits: layers.map((layer) => ({
      kind: 'insertLayers',
      after: placeAfter(network, layer).index,
      layers: [layerSpec(type)],
    })),
    variantKey: layers.map(({ index }) => index).join('+'),
    because: `${words} after ${where} ${why}`,
    fit: layers.length > 1 ? 1 : 0.8,
    growth: 1.02,
  };
}

/**
 * Before the activation where that is a layer of its own (Ioffe & Szegedy), else directly behind
 * the layer.
 */
function placeAfter(network: Network, layer: Layer): Layer {
  const block = blockOf(network, layer);
  const activation = block.findIndex(isActivation);
  return block[Math.max(0, activation - 1)] ?? layer;
}

/** Batch normalisation behind hidden dense and convolution layers. */
export const batchNormalization = defineOperator({
  name: 'batch-normalization',
  family: 'normalization',
  source: 'Ioffe & Szegedy, Batch Normalization, 2015 (arXiv 1502.03167)',
  answers: {
    'under-trained': 0.6,
    creeping: 0.6,
    'not-learning': 0.6,
    divergence: 0.5,
    oscillation: 0.4,
    'too-few-epochs': 0.4,
    plateau: 0.3,
    overfitting: 0.2,
    'noisy-validation': -0.3,
  },
  base: 0.3,
  gain: 0.4,
  ideas: ({ network }) =>
    normalizeIdeas(
      network,
      sizedLayers(network).filter((layer) => !isRecurrent(layer)),
      {
        type: 'batchNormalization',
        words: 'batch normalisation',
        why:
          'keeps what each layer reads at mean 0 and deviation 1, so that larger steps stay ' +
          'stable and training is faster',
      },
    ),
});

/** Layer normalisation behind hidden dense and recurrent layers: independent of the batch. */
export const layerNormalization = defineOperator({
  name: 'layer-normalization',
  family: 'normalization',
  source: 'Ba, Kiros & Hinton, Layer Normalization, 2016 (arXiv 1607.06450)',
  answers: {
    creeping: 0.45,
    'under-trained': 0.4,
    'not-learning': 0.5,
    divergence: 0.5,
    oscillation: 0.45,
    'noisy-validation': 0.4,
    plateau: 0.2,
  },
  base: 0.18,
  gain: 0.3,
  ideas: ({ network }) =>
    normalizeIdeas(
      network,
      sizedLayers(network).filter((layer) => !isConvolution(layer)),
      {
        type: 'layerNormalization',
        words: 'layer normalisation',
        why:
          'scales every example by its own mean and deviation, the same in training and ' +
          'validation whatever the batch',
      },
    ),
});

/** Batch normalisation of the inputs themselves: the scale of each feature is learned away. */
export const inputNormalization = defineOperator({
  name: 'input-normalization',
  family: 'normalization',
  source: 'LeCun, Bottou, Orr & Müller, Efficient BackProp, 1998, section 4.3',
  answers: {
    'under-trained': 0.55,
    creeping: 0.6,
    'not-learning': 0.6,
    divergence: 0.5,
    'not-a-number': 0.6,
    oscillation: 0.3,
    'improvement-rate': 0.4,
    underfitting: 0.3,
  },
  base: 0.25,
  gain: 0.4,
  ideas({ network, config }) {
    const shape = inputShapeOf(network);
    if (!shape || config.preprocessing.standardizeInputs || !readByWeights(network)) return [];
    const input = network.architecture.layers.find(isInput);
    return [
      {
        title: 'Normalise the inputs with a batch normalisation layer',
        edits: [
          {
            kind: 'insertLayers',
            after: input?.index ?? 'input',
            layers: [layerSpec('batchNormalization')],
          },
        ],
        variantKey: 'input',
        because:
          `the study does not standardise its inputs (shape ${shape.join('×')}); a batch ` +
          'normalisation in front brings every feature to one scale, so that one learning rate ' +
          'suits all of them',
        fit: shape.length === 1 ? 1 : 0.5,
        growth: 1.02,
      },
    ];
  },
});

/**
 * The first thing the inputs meet is a weighted layer or a change of shape: no embedding (whole
 * numbers), not yet normalised.
 */
function readByWeights({ architecture, hidden, head }: Network): boolean {
  const input = architecture.layers.find(isInput);
  const readers = input ? consumersOf(architecture, input) : architecture.layers.slice(0, 1);
  const fits = readers.every(
    (layer) =>
      (isWeighted(layer) || ['flatten', 'reshape'].includes(layer.type)) &&
      !isNormalization(layer) &&
      !layer.conditional,
  );
  return hidden.length + head.length > 0 && readers.length === 1 && fits;
}

/** No normalisation: with small batches its statistics are noise. */
export const removeNormalization = defineOperator({
  name: 'remove-normalization',
  family: 'normalization',
  source:
    'Wu & He, Group Normalization, 2018 (arXiv 1803.08494), figure 1: batch statistics of ' +
    'small batches',
  answers: {
    'noisy-validation': 0.6,
    'metric-loss-disagree': 0.2,
    'under-trained': -0.5,
    divergence: -0.6,
  },
  base: 0.08,
  gain: 0.15,
  ideas({ network, config }) {
    const layers = network.hidden.filter(
      (layer) => isNormalization(layer) && layer.inputs.length === 1,
    );
    const [only] = layers;
    if (!only) return [];
    const what =
      layers.length > 1 ? `all ${layers.length} normalisation layers` : describe(network, only);
    return [
      {
        title: `Remove ${what}`,
        edits: layers.map(({ index }) => ({ kind: 'removeLayer', layer: index })),
        variantKey: layers.map(({ index }) => index).join('+'),
        because:
          `statistics of ${config.batchSize} rows a batch differ from those used in ` +
          `validation; without ${what} both see the same network`,
        growth: 0.98,
      },
    ];
  },
});
