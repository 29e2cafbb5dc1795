import type { Layer } from '../../model/architecture.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { defineOperator } from './defineOperator.ts';
import { isRecurrent } from './layerKinds.ts';
import { blockOf, describe, type Network, sizedLayers } from './network.ts';
import type { Idea } from './operator.ts';

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
