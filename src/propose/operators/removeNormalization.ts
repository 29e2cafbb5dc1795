import { defineOperator } from './defineOperator.ts';
import { isNormalization } from './layerKinds.ts';
import { describe } from './network.ts';

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
