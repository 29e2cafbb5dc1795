import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit } from '../../model/edits.ts';
import { ownActivation } from '../../model/layerArguments.ts';
import { unitsOf } from '../../model/lens/shape.ts';
import { number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isDense, isRecurrent } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { type Network, activationOf, describeAll, tunableLayers } from './network.ts';
import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import { lossName } from './task.ts';

/**
 * What each activation is exchanged for, best first. All are known to the tfjs layers runtime;
 * `leakyReLU` is a layer of its own.
 */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  linear: ['relu', 'elu', 'tanh'],
  sigmoid: ['relu', 'elu', 'swish', 'tanh'],
  hardSigmoid: ['relu', 'elu', 'swish'],
  softsign: ['relu', 'elu', 'swish'],
  softplus: ['relu', 'elu', 'swish'],
  tanh: ['relu', 'elu', 'swish', 'gelu'],
  relu: ['elu', 'swish', 'gelu', 'leakyReLU', 'mish', 'selu', 'tanh'],
  relu6: ['relu', 'elu', 'swish'],
  elu: ['relu', 'swish', 'gelu', 'selu'],
  selu: ['relu', 'elu', 'swish'],
  swish: ['relu', 'gelu', 'elu', 'mish'],
  mish: ['relu', 'swish', 'gelu'],
  gelu: ['relu', 'swish', 'elu'],
  reLU: ['elu', 'swish', 'gelu', 'leakyReLU'],
  leakyReLU: ['relu', 'elu', 'swish', 'gelu'],
};

const VIRTUES: Readonly<Record<string, string>> = {
  relu: 'does not saturate, so gradients keep their size',
  elu: 'lets negative values through smoothly, so no unit can die',
  selu: 'keeps mean and variance of the signal by itself',
  swish: 'is smooth and non-monotonic, which eases optimisation',
  mish: 'is smooth and unbounded above, which eases optimisation',
  gelu: 'weighs inputs by their size instead of cutting them at zero',
  leakyReLU: 'keeps a small slope below zero, so no unit can die',
  tanh: 'is bounded and centred at zero',
};

const SATURATING = ['sigmoid', 'hardSigmoid', 'tanh', 'softsign'];

/** Another activation in all hidden layers that share one. */
export const swapActivation = defineOperator({
  name: 'swap-activation',
  family: 'activation',
  source:
    'Ramachandran, Zoph & Le, Searching for Activation Functions, 2017 (arXiv 1710.05941); ' +
    'Clevert et al., ELU, 2015',
  answers: {
    'not-learning': 0.7,
    creeping: 0.4,
    underfitting: 0.4,
    'under-trained': 0.35,
    plateau: 0.3,
  },
  base: 0.2,
  gain: 0.2,
  ideas: ({ network }) =>
    activationsInUse(network).flatMap(([name, layers]) => swaps(network, name, layers)),
});

function activationsInUse(network: Network): readonly (readonly [string, readonly Layer[]])[] {
  const layers = tunableLayers(network).filter((layer) => !isRecurrent(layer));
  return Object.entries(Object.groupBy(layers, (layer) => activationOf(network, layer).name)).map(
    ([name, group]) => [name, group ?? []],
  );
}

function swaps(network: Network, old: string, layers: readonly Layer[]): readonly Idea[] {
  const where = describeAll(network, layers);
  const isPlaced = layers.every(({ conditional }) => !conditional);
  const successors = (SUCCESSORS[old] ?? []).filter((next) => isPlaced || next !== 'leakyReLU');
  return successors.map((next, rank) => ({
    title:
      `${old === 'linear' ? 'Give' : 'Switch'} ${where} ` +
      `${old === 'linear' ? 'a' : `from ${old} to`} ` +
      `${next}${old === 'linear' ? ' activation' : ''}`,
    edits: layers.flatMap((layer) => exchange(network, layer, next)),
    variantKey: `${old} → ${next}`,
    because: `in ${where} ${weakness(old)}; ${next} ${VIRTUES[next] ?? ''}`,
    fit: (SATURATING.includes(old) || old === 'linear' ? 1 : 0.6) * 0.85 ** rank,
  }));
}

const weakness = (old: string): string => {
  if (old === 'linear')
    return 'no activation follows, so they collapse with the next into one linear map';
  return SATURATING.includes(old)
    ? `${old} saturates and lets gradients fade`
    : `the activation is ${old}`;
};

/**
 * An activation is an argument of the layer, or a layer behind it; leaky ReLU can only be the
 * latter.
 */
function exchange(network: Network, layer: Layer, next: string): readonly ArchitectureEdit[] {
  const { at } = activationOf(network, layer);
  const asLayer =
    next === 'leakyReLU'
      ? layerSpec('leakyReLU', { alpha: number(0.1) })
      : layerSpec('activation', { activation: string(next) });
  if (at !== layer) return [{ kind: 'replaceLayer', layer: at.index, with: asLayer }];
  if (next !== 'leakyReLU')
    return [{ kind: 'setArgument', layer: layer.index, name: 'activation', value: string(next) }];
  return [
    { kind: 'removeArgument', layer: layer.index, name: 'activation' },
    { kind: 'insertLayers', after: layer.index, layers: [asLayer] },
  ];
}

/** The activation a loss needs at the output, and why. */
interface Demand {
  readonly activation: 'softmax' | 'sigmoid' | 'linear';
  readonly why: string;
}

/**
 * Repairs an output whose activation contradicts the loss; leaves every output alone that makes
 * sense.
 */
export const outputActivation = defineOperator({
  name: 'output-activation',
  family: 'activation',
  source: 'Goodfellow, Bengio & Courville, Deep Learning, 2016, section 6.2.2: output units',
  answers: {
    'not-learning': 0.9,
    'class-collapse': 0.7,
    underfitting: 0.6,
    'not-a-number': 0.5,
    plateau: 0.4,
  },
  base: 0.85,
  gain: 0.8,
  ideas(context) {
    const [output, ...behind] = context.network.head;
    if (!output || behind.length > 0 || !isDense(output) || output.conditional) return [];
    // PyTorch's losses take raw scores.
    if (context.network.architecture.framework === 'torch') return [];
    const present = ownActivation(output);
    const demand = demandOf(context, output, present);
    return demand ? [repair(output, present, demand)] : [];
  },
});

function demandOf(context: OperatorContext, output: Layer, present: string): Demand | null {
  const units = unitsOf(output, context.network.data);
  if (context.task === 'regression') return regressionDemand(present);
  return context.task === 'classification'
    ? classificationDemand(lossName(context.network.architecture), present, units)
    : null;
}

const regressionDemand = (present: string): Demand | null =>
  ['relu', 'softmax'].includes(present)
    ? { activation: 'linear', why: `${present} cannot reach every value of the target` }
    : null;

function classificationDemand(
  loss: string | null,
  present: string,
  units: number | null,
): Demand | null {
  if (present === 'softmax' && units === 1)
    return { activation: 'sigmoid', why: 'softmax over a single unit is always 1' };
  if (loss === 'binaryCrossentropy' && present === 'linear')
    return {
      activation: 'sigmoid',
      why: 'binaryCrossentropy expects probabilities, not raw scores',
    };
  if (
    loss?.endsWith('ategoricalCrossentropy') &&
    units !== 1 &&
    ['linear', 'relu', 'tanh'].includes(present)
  ) {
    return {
      activation: 'softmax',
      why:
        `${loss} expects probabilities that add up to 1, not ` +
        `${present === 'linear' ? 'raw scores' : `${present} outputs`}`,
    };
  }
  return null;
}

const repair = (output: Layer, present: string, { activation, why }: Demand): Idea => ({
  title: `Give the output layer a ${activation} activation instead of ${present}`,
  edits: [
    { kind: 'setArgument', layer: output.index, name: 'activation', value: string(activation) },
  ],
  variantKey: `${present} → ${activation}`,
  because: `the output layer is ${present}, but ${why}; ${activation} fits`,
});
