import type { Layer } from '../../model/architecture.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isConv2d, isDense, isRecurrent, isWeighted } from './layerKinds.ts';
import { convolutionLike, denseLike, layerSpec } from './layerSpecs.ts';
import {
  type Network,
  blockOf,
  describe,
  endOfBlock,
  incomingShapeOf,
  insertionBefore,
  sizedLayers,
  widthOf,
} from './network.ts';
import type { Idea } from './operator.ts';

/** One more layer of the kind that is already there, or a first hidden layer. */
export const deepen = defineOperator({
  name: 'deepen',
  family: 'depth',
  source: 'Simonyan & Zisserman, Very Deep Convolutional Networks, 2014 (arXiv 1409.1556)',
  answers: {
    underfitting: 0.75,
    plateau: 0.35,
    overfitting: -0.6,
    'not-a-number': -0.8,
    divergence: -0.5,
    'under-trained': -0.2,
  },
  base: 0.28,
  gain: 0.35,
  ideas({ network }) {
    const layers = sizedLayers(network);
    if (layers.length === 0) return firstHiddenLayer(network);
    const last = [layers.findLast(isDense), layers.findLast(isConv2d)].filter(
      (layer) => layer !== undefined,
    );
    return last.map((layer) => anotherLike(network, layer));
  },
});

function anotherLike(network: Network, layer: Layer): Idea {
  const width = widthOf(layer)?.value ?? 0;
  const added = isDense(layer) ? denseLike(layer, width) : convolutionLike(layer, width);
  const title =
    `Add a second ${layer.type} layer of ${width} ${isDense(layer) ? 'units' : 'filters'} ` +
    `after ${describe(network, layer)}`;
  return {
    title,
    edits: [{ kind: 'insertLayers', after: endOfBlock(network, layer).index, layers: [added] }],
    variantKey: `after layer ${layer.index}`,
    because:
      `one more ${layer.type} layer of ${width} after ${describe(network, layer)} composes ` +
      'features that one layer cannot',
    growth: growthOf(network, isDense(layer) ? width * width + width : 9 * width * width + width),
  };
}

/** A linear model: between its input and its output there is nothing yet. */
function firstHiddenLayer(network: Network): readonly Idea[] {
  const [output] = network.head;
  const inputs =
    output && isDense(output) && !output.conditional ? incomingShapeOf(network, output) : null;
  const after = output && !output.conditional ? insertionBefore(output) : null;
  if (after === null) return [];
  if (!inputs) return network.tunable.length > 0 ? [beforeOutput(after)] : [];
  return [hiddenOf(network, after, inputs.at(-1) ?? 1)];
}

/** A layer as wide as what it reads, within bounds. */
function hiddenOf(network: Network, after: number | 'input', features: number): Idea {
  const units = Math.min(64, Math.max(8, 2 ** Math.ceil(Math.log2(features))));
  const added = layerSpec('dense', {
    units: number(units),
    activation: string('relu'),
    kernelInitializer: string('heNormal'),
  });
  return {
    title: `Add a hidden layer of ${units} relu units`,
    edits: [{ kind: 'insertLayers', after, layers: [added] }],
    variantKey: `first hidden, ${units}`,
    because: isLinear(network)
      ? `the model is linear in its ${features} inputs; a hidden layer of ${units} relu units ` +
        'lets it bend'
      : composing(units),
    growth: growthOf(network, features * units),
  };
}

/** Nothing but the output has weights; layers of an unknown size or number do have some. */
const isLinear = ({ architecture: { layers }, head }: Network): boolean =>
  !layers.some((layer) => isWeighted(layer) && !head.includes(layer));

const composing = (units: number): string =>
  `${units} relu units before the output compose what the layers before them found, which one ` +
  'linear map cannot';

const BEFORE_OUTPUT = 32;

/** Behind layers that are not known one by one. */
const beforeOutput = (after: number | 'input'): Idea => ({
  title: `Add a layer of ${BEFORE_OUTPUT} relu units before the output`,
  edits: [
    {
      kind: 'insertLayers',
      after,
      layers: [
        layerSpec('dense', {
          units: number(BEFORE_OUTPUT),
          activation: string('relu'),
          kernelInitializer: string('heNormal'),
        }),
      ],
    },
  ],
  variantKey: `before output, ${BEFORE_OUTPUT}`,
  because: composing(BEFORE_OUTPUT),
  growth: 1.1,
});

const growthOf = ({ parameters }: Network, added: number): number =>
  parameters ? (parameters + added) / parameters : 1;

/** One hidden layer less, with the activation, normalisation and dropout that belong to it. */
export const removeLayer = defineOperator({
  name: 'remove-layer',
  family: 'depth',
  source:
    'He et al., Deep Residual Learning, 2015 (arXiv 1512.03385), section 1: the degradation ' +
    'of deeper plain nets',
  answers: {
    overfitting: 0.35,
    'not-learning': 0.5,
    'train-validation-gap': 0.2,
    creeping: 0.15,
    underfitting: -0.7,
  },
  base: 0.1,
  gain: 0.15,
  ideas({ network }) {
    const layers = sizedLayers(network);
    return layers.length < 2
      ? []
      : layers.filter((layer) => isRemovable(layer)).map((layer) => remove(network, layer));
  },
});

/**
 * The layer that carries the input shape stays, and recurrent layers change the rank of what they
 * read.
 */
const isRemovable = (layer: Layer): boolean =>
  layer.inputs.length === 1 &&
  !isRecurrent(layer) &&
  !argumentOf(layer, 'inputShape') &&
  !argumentOf(layer, 'batchInputShape');

function remove(network: Network, layer: Layer): Idea {
  const name = describe(network, layer);
  return {
    title: `Remove ${name}`,
    edits: blockOf(network, layer).map(({ index }) => ({ kind: 'removeLayer', layer: index })),
    variantKey: `layer ${layer.index}`,
    because:
      `without ${name} the gradient reaches the input in fewer steps, and there is less to fit ` +
      'noise with',
    growth: 0.8,
  };
}
