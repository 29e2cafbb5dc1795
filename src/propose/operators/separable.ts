import type { Layer } from '../../model/architecture.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { defineOperator } from './defineOperator.ts';
import { isConv2d } from './layerKinds.ts';
import { type Network, describe, incomingShapeOf } from './network.ts';
import type { Idea } from './operator.ts';

/** What a separable convolution takes under the same names. */
const SHARED = new Set([
  'inChannels',
  'filters',
  'kernelSize',
  'strides',
  'padding',
  'activation',
  'useBias',
  'dilationRate',
  'name',
]);

/** A convolution of each channel by itself, then one over the channels. */
export const separable = defineOperator({
  name: 'separable',
  family: 'convolution',
  source:
    'Chollet, Xception: Deep Learning with Depthwise Separable Convolutions, 2017 ' +
    '(arXiv 1610.02357)',
  answers: { overfitting: 0.35, underfitting: -0.2 },
  base: 0.12,
  gain: 0.1,
  ideas: ({ network }) =>
    network.hidden.filter(isConv2d).flatMap((layer) => separated(network, layer)),
});

function separated(network: Network, layer: Layer): readonly Idea[] {
  const channels = incomingShapeOf(network, layer)?.[2] ?? null;
  const isPlain = layer.arguments.every(({ name }) => SHARED.has(name));
  if (!isPlain || channels === null || channels < 4 || argumentOf(layer, 'inputShape')) return [];
  const args = layer.arguments.map(({ name, value }) => ({ name, value }));
  return [
    {
      title: `Make ${describe(network, layer)} separable`,
      edits: [
        {
          kind: 'replaceLayer',
          layer: layer.index,
          with: { type: 'separableConv2d', arguments: args },
        },
      ],
      variantKey: `layer ${layer.index}`,
      because:
        `each of the ${channels} channels is filtered by itself and then mixed: far fewer ` +
        `weights than ${describe(network, layer)} has`,
      growth: 0.5,
    },
  ];
}
