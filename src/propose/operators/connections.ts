import type { Layer } from '../../model/architecture.ts';
import { numberOf } from '../../model/layerArguments.ts';
import { number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isConv2d } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import {
  type Network,
  describe,
  endOfBlock,
  incomingShapeOf,
  insertionBefore,
  nextOf,
  shapeOf,
} from './network.ts';
import type { Idea } from './operator.ts';

const FEWEST_CHANNELS = 8;

/** What a block gives stands beside what a further convolution makes of it. */
export const denseConnection = defineOperator({
  name: 'dense-connection',
  family: 'residual',
  source: 'Huang et al., Densely Connected Convolutional Networks, 2016 (arXiv 1608.06993)',
  answers: { underfitting: 0.4, plateau: 0.35, 'not-learning': 0.3, overfitting: -0.3 },
  base: 0.15,
  gain: 0.15,
  ideas: ({ network }) =>
    network.architecture.framework === 'torch'
      ? []
      : network.hidden.filter(isConv2d).flatMap((layer) => connected(network, layer)),
});

function connected(network: Network, layer: Layer): readonly Idea[] {
  const end = endOfBlock(network, layer);
  const [rows = 0, columns = 0, channels = 0] = shapeOf(network, end) ?? [];
  if (channels < FEWEST_CHANNELS || rows * columns < 4 || !nextOf(network, end)) return [];
  const filters = Math.round(channels / 2);
  const further = layerSpec('conv2d', {
    filters: number(filters),
    kernelSize: number(3),
    padding: string('same'),
    activation: string('relu'),
  });
  return [
    {
      title: `Keep ${describe(network, layer)} beside a convolution of it`,
      edits: [
        { kind: 'addBranch', at: end.index, layers: [further], merge: layerSpec('concatenate') },
      ],
      variantKey: `layer ${layer.index}`,
      because:
        `${filters} further filters read ${describe(network, layer)}, and what follows reads ` +
        'both: features are used again instead of learned again, and the gradient has a short way',
      growth: network.parameters ? 1 + (9 * channels * filters) / network.parameters : 1.5,
    },
  ];
}

const MANY_CHANNELS = 16;
const SQUEEZE = 4;

/** A convolution of one point brings many channels to few before a larger one reads them. */
export const bottleneck = defineOperator({
  name: 'bottleneck',
  family: 'convolution',
  source: 'Iandola et al., SqueezeNet, 2016 (arXiv 1602.07360)',
  answers: { overfitting: 0.3, 'train-validation-gap': 0.2, underfitting: -0.3 },
  base: 0.1,
  gain: 0.1,
  ideas: ({ network }) =>
    network.hidden.filter(isConv2d).flatMap((layer) => squeezed(network, layer)),
});

function squeezed(network: Network, layer: Layer): readonly Idea[] {
  const channels = incomingShapeOf(network, layer)?.[2] ?? 0;
  const after = insertionBefore(layer);
  const isLarge = (numberOf(layer, 'kernelSize') ?? 3) > 1;
  if (channels < MANY_CHANNELS || after === null || after === 'input' || !isLarge) return [];
  const few = Math.max(4, Math.round(channels / SQUEEZE));
  const squeeze = layerSpec('conv2d', {
    filters: number(few),
    kernelSize: number(1),
    activation: string('relu'),
  });
  return [
    {
      title: `Squeeze ${channels} channels to ${few} before ${describe(network, layer)}`,
      edits: [{ kind: 'insertLayers', after, layers: [squeeze] }],
      variantKey: `before layer ${layer.index}`,
      because:
        `a convolution of one point brings ${channels} channels to ${few} before ` +
        `${describe(network, layer)} reads them: a quarter of its weights`,
      growth: 0.6,
    },
  ];
}
