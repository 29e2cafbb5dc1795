import type { Layer } from '../../model/architecture.ts';
import { number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isInput, isWeighted } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { type Network, consumersOf, describe, inputShapeOf, nextOf } from './network.ts';

const DEVIATION = 0.1;

/** Inputs that shake a little: the same row is never seen twice. */
export const inputNoise = defineOperator({
  name: 'input-noise',
  family: 'regularization',
  source: 'Bishop, Training with Noise is Equivalent to Tikhonov Regularization, 1995',
  answers: { overfitting: 0.45, 'train-validation-gap': 0.3, underfitting: -0.5 },
  calledBy: { 'few-rows': 0.35 },
  base: 0.08,
  gain: 0.12,
  ideas({ network, config }) {
    const isScaled = config.preprocessing.standardizeInputs;
    const input = network.architecture.layers.find(isInput);
    if (network.architecture.framework === 'torch' || !isScaled || !readsNumbers(network))
      return [];
    const noise = layerSpec('gaussianNoise', { stddev: number(DEVIATION) });
    return [
      {
        title: `Add noise of ${DEVIATION} to the inputs while training`,
        edits: [{ kind: 'insertLayers', after: input?.index ?? 'input', layers: [noise] }],
        variantKey: 'input',
        because:
          `the inputs have deviation 1; noise of ${DEVIATION} on them while the network trains ` +
          'keeps it from learning single rows by heart, as a charge for steep answers would',
      },
    ];
  },
});

/** The inputs are numbers of which a little more or less means nothing: no places of words. */
function readsNumbers(network: Network): boolean {
  const { architecture, hidden } = network;
  const input = architecture.layers.find(isInput);
  const readers = input ? consumersOf(architecture, input) : architecture.layers.slice(0, 1);
  return (
    inputShapeOf(network) !== null &&
    readers.length === 1 &&
    readers.every((layer) => isWeighted(layer) && hidden.includes(layer))
  );
}

const RATE = 0.2;

/** Whole numbers of a word's vector, or channels of a sequence, are left out together. */
export const stepDropout = defineOperator({
  name: 'channel-dropout',
  family: 'dropout',
  source:
    'Tompson et al., Efficient Object Localization Using Convolutional Networks, 2014 ' +
    '(arXiv 1411.4280)',
  answers: { overfitting: 0.5, 'train-validation-gap': 0.3, underfitting: -0.4 },
  base: 0.1,
  gain: 0.12,
  ideas: ({ network }) =>
    network.architecture.framework === 'torch'
      ? []
      : network.hidden
          .filter((layer) => givesSteps(network, layer))
          .map((layer) => ({
            title: `Drop whole channels behind ${describe(network, layer)}`,
            edits: [
              {
                kind: 'insertLayers',
                after: layer.index,
                layers: [layerSpec('spatialDropout1d', { rate: number(RATE) })],
              },
            ],
            variantKey: `layer ${layer.index}`,
            because:
              `${RATE * 100} % of the channels behind ${describe(network, layer)} are left out ` +
              'at all steps at once: neighbouring steps hold much the same, so that leaving out ' +
              'single numbers hides little',
          })),
});

const givesSteps = (network: Network, layer: Layer): boolean =>
  (layer.type === 'embedding' || layer.type === 'conv1d') &&
  nextOf(network, layer)?.type !== 'spatialDropout1d' &&
  nextOf(network, layer) !== null;
