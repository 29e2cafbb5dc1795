import { defineOperator } from './defineOperator.ts';
import { isConvolution } from './layerKinds.ts';
import { sizedLayers } from './network.ts';
import { normalizeIdeas } from './normalize.ts';

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
