import { defineOperator } from './defineOperator.ts';
import { isRecurrent } from './layerKinds.ts';
import { sizedLayers } from './network.ts';
import { normalizeIdeas } from './normalize.ts';

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
