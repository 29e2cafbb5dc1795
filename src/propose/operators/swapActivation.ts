import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit } from '../../model/edits.ts';
import { number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isRecurrent } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { activationOf, describeAll, type Network, sizedLayers } from './network.ts';
import type { Idea } from './operator.ts';

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
  const layers = sizedLayers(network).filter((layer) => !isRecurrent(layer));
  return Object.entries(Object.groupBy(layers, (layer) => activationOf(network, layer).name)).map(
    ([name, group]) => [name, group ?? []],
  );
}

function swaps(network: Network, old: string, layers: readonly Layer[]): readonly Idea[] {
  const where = describeAll(network, layers);
  return (SUCCESSORS[old] ?? []).map((next, rank) => ({
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
