import { defineOperator } from './defineOperator.ts';
import { isInput, isNormalization, isWeighted } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { consumersOf, inputShapeOf, type Network } from './network.ts';

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
