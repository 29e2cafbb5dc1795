import type { Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { argumentOf, numberOf } from '../../model/layerArguments.ts';
import { number, string } from '../../model/values.ts';
import type { NamedValue } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isRecurrent } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { type Network, describe, incomingShapeOf, insertionBefore } from './network.ts';
import type { Idea } from './operator.ts';

const OTHER_CELL: Readonly<Record<string, 'gru' | 'lstm'>> = {
  lstm: 'gru',
  gru: 'lstm',
  simpleRNN: 'gru',
};

const isShape = ({ name }: NamedValue): boolean =>
  name === 'inputShape' || name === 'batchInputShape';

const plain = ({ arguments: args }: Layer): readonly NamedValue[] =>
  args.filter((one) => !isShape(one)).map(({ name, value }) => ({ name, value }));

/** LSTM ↔ GRU, and either for a simple recurrent layer. */
export const swapCell = defineOperator({
  name: 'swap-cell',
  family: 'recurrent',
  source: 'Chung et al., Empirical Evaluation of Gated Recurrent Networks, 2014 (arXiv 1412.3555)',
  answers: { underfitting: 0.3, plateau: 0.3, 'not-learning': 0.3 },
  base: 0.2,
  gain: 0.12,
  ideas: ({ network }) =>
    network.tunable.filter(isRecurrent).flatMap((layer) => swapped(network, layer)),
});

function swapped(network: Network, layer: Layer): readonly Idea[] {
  const to = OTHER_CELL[layer.type];
  if (!to) return [];
  const why =
    to === 'gru'
      ? 'has a gate and a state less, trains faster, and often does as well on short sequences'
      : 'keeps a state of its own beside its output, which remembers further back';
  return [
    {
      title: `Use ${to === 'gru' ? 'a GRU' : 'an LSTM'} in place of ${describe(network, layer)}`,
      edits: [
        { kind: 'replaceLayer', layer: layer.index, with: { type: to, arguments: plain(layer) } },
      ],
      variantKey: `layer ${layer.index}, ${to}`,
      because:
        `${to === 'gru' ? 'a GRU' : 'an LSTM'} in place of ` + `${describe(network, layer)} ${why}`,
      growth: to === 'gru' ? 0.8 : 1.25,
    },
  ];
}

/** Reads a sequence from both ends. */
export const bidirectional = defineOperator({
  name: 'bidirectional',
  family: 'recurrent',
  source: 'Schuster & Paliwal, Bidirectional Recurrent Neural Networks, 1997',
  answers: { underfitting: 0.4, plateau: 0.35, overfitting: -0.3 },
  base: 0.22,
  gain: 0.15,
  ideas: ({ network }) =>
    network.hidden.filter(isRecurrent).map((layer) => ({
      title: `Read the sequence from both ends in ${describe(network, layer)}`,
      edits: [{ kind: 'replaceLayer', layer: layer.index, with: bothWays(layer) }],
      variantKey: `layer ${layer.index}, both ways`,
      because:
        `a second ${layer.type} that reads backwards beside ${describe(network, layer)} lets ` +
        'every step know what follows it',
      growth: 1.8,
    })),
});

const bothWays = (layer: Layer): LayerSpec =>
  layerSpec('bidirectional', {
    layer: { kind: 'call', callee: `layers.${layer.type}`, arguments: plain(layer) },
    mergeMode: string('concat'),
  });

/** Dropout on what a recurrent layer hands from step to step. */
export const recurrentDropout = defineOperator({
  name: 'recurrent-dropout',
  family: 'dropout',
  source: 'Gal & Ghahramani, Dropout in Recurrent Neural Networks, 2016 (arXiv 1512.05287)',
  answers: { overfitting: 0.6, underfitting: -0.5, 'not-learning': -0.6 },
  base: 0.12,
  gain: 0.12,
  ideas: ({ network }) =>
    network.tunable
      .filter((layer) => isRecurrent(layer) && !argumentOf(layer, 'recurrentDropout'))
      .map((layer) => ({
        title: `Drop 20 % of the state between steps in ${describe(network, layer)}`,
        edits: [
          {
            kind: 'setArgument',
            layer: layer.index,
            name: 'recurrentDropout',
            value: number(0.2),
          },
        ],
        variantKey: `layer ${layer.index}, 0.2`,
        because:
          `recurrent dropout of 0.2 in ${describe(network, layer)} keeps its memory from leaning ` +
          'on single units',
      })),
});

/** A convolution over the steps in front of the first recurrent layer. */
export const convolutionOverSteps = defineOperator({
  name: 'convolution-over-steps',
  family: 'recurrent',
  source: 'Zhou et al., A C-LSTM Neural Network for Text Classification, 2015 (arXiv 1511.08630)',
  answers: { underfitting: 0.35, plateau: 0.3, overfitting: -0.2 },
  base: 0.18,
  gain: 0.12,
  ideas: ({ network }) =>
    network.hidden
      .filter(isRecurrent)
      .slice(0, 1)
      .flatMap((layer) => convolved(network, layer)),
});

function convolved(network: Network, layer: Layer): readonly Idea[] {
  const after = insertionBefore(layer);
  const channels = incomingShapeOf(network, layer)?.[1];
  if (after === null) return [];
  const filters = Math.min(64, Math.max(16, channels ?? 32));
  const convolution = layerSpec('conv1d', {
    filters: number(filters),
    kernelSize: number(3),
    padding: string('same'),
    activation: string('relu'),
  });
  return [
    {
      title: `Add a convolution over three steps before ${describe(network, layer)}`,
      edits: [{ kind: 'insertLayers', after, layers: [convolution] }],
      variantKey: `before layer ${layer.index}`,
      because:
        `${filters} filters over three steps hand ${describe(network, layer)} patterns in place ` +
        'of single steps',
      growth: 1.2,
    },
  ];
}

/** Another length of the vectors that stand for words. */
export const embeddingSize = defineOperator({
  name: 'embedding-size',
  family: 'width',
  source:
    'Patel & Bhattacharyya, Towards Lower Bounds on Number of Dimensions for Word Embeddings, 2017',
  answers: { underfitting: 0.3, overfitting: 0.3 },
  base: 0.15,
  gain: 0.1,
  ideas: ({ network }) =>
    network.tunable
      .filter(({ type }) => type === 'embedding')
      .flatMap((layer) => [0.5, 2].flatMap((factor) => resized(network, layer, factor))),
});

function resized(network: Network, layer: Layer, factor: number): readonly Idea[] {
  const size = numberOf(layer, 'outputDim');
  const wanted = size === null ? 0 : Math.round(size * factor);
  if (wanted < 4 || wanted > 512) return [];
  return [
    {
      title: `Embed in ${wanted} numbers instead of ${size ?? ''} in ${describe(network, layer)}`,
      edits: [
        { kind: 'setArgument', layer: layer.index, name: 'outputDim', value: number(wanted) },
      ],
      variantKey: `layer ${layer.index}, ×${factor}`,
      because:
        `vectors of ${wanted} numbers ` +
        (factor > 1 ? 'can tell more words apart' : 'have less room to learn rows by heart'),
      growth: factor,
    },
  ];
}
