import type { Layer } from '../../model/architecture.ts';
import { string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isRecurrent } from './layerKinds.ts';
import { argumentOf, stringOf } from '../../model/layerArguments.ts';
import { activationOf, describeAll, type Network, tunableLayers } from './network.ts';
import type { Idea } from './operator.ts';

/** The initial spread that keeps the signal's variance behind each activation. */
const FITTING: Readonly<Record<string, string>> = {
  relu: 'heNormal',
  reLU: 'heNormal',
  relu6: 'heNormal',
  leakyReLU: 'heNormal',
  elu: 'heNormal',
  swish: 'heNormal',
  mish: 'heNormal',
  gelu: 'heNormal',
  selu: 'leCunNormal',
  tanh: 'glorotNormal',
  sigmoid: 'glorotNormal',
  softsign: 'glorotNormal',
  linear: 'glorotNormal',
};

/** Initialisers that do as well as the fitting one. */
const EQUIVALENT: Readonly<Record<string, readonly string[]>> = {
  heNormal: ['heNormal', 'heUniform'],
  leCunNormal: ['leCunNormal', 'leCunUniform'],
  glorotNormal: ['glorotNormal', 'glorotUniform'],
};

/** What the runtime uses where the builder names none (tfjs 4.22). */
const BY_DEFAULT = 'glorotNormal';

/** Initial weights whose spread fits the activation behind them. */
export const initializer = defineOperator({
  name: 'initializer',
  family: 'initializer',
  source:
    'He et al., Delving Deep into Rectifiers, 2015 (arXiv 1502.01852); Glorot & Bengio, ' +
    '2010; Klambauer et al., 2017; Saxe et al., 2013',
  answers: {
    'not-learning': 0.7,
    'under-trained': 0.35,
    creeping: 0.4,
    plateau: 0.15,
    divergence: 0.4,
    'not-a-number': 0.3,
  },
  base: 0.15,
  gain: 0.12,
  ideas: ({ network }) => [...kernels(network), ...recurrentKernels(network)],
});

function kernels(network: Network): readonly Idea[] {
  const groups = Object.groupBy(
    tunableLayers(network).filter((layer) => !isRecurrent(layer) && isMismatched(network, layer)),
    (layer) => activationOf(network, layer).name,
  );
  return Object.entries(groups).map(([activation, layers]) =>
    initialize(network, layers ?? [], {
      argument: 'kernelInitializer',
      name: FITTING[activation] ?? BY_DEFAULT,
      why: `keeps the signal's variance from layer to layer behind ${activation}`,
    }),
  );
}

/** Unreadable initialisers (own code) are left alone. */
function isMismatched(network: Network, layer: Layer): boolean {
  const fitting = FITTING[activationOf(network, layer).name];
  const present = argumentOf(layer, 'kernelInitializer')
    ? stringOf(layer, 'kernelInitializer')
    : BY_DEFAULT;
  return fitting !== undefined && present !== null && !EQUIVALENT[fitting]?.includes(present);
}

function recurrentKernels(network: Network): readonly Idea[] {
  const layers = tunableLayers(network).filter(
    (layer) =>
      isRecurrent(layer) && ![null, 'orthogonal'].includes(stringOf(layer, 'recurrentInitializer')),
  );
  return layers.length > 0
    ? [
        initialize(network, layers, {
          argument: 'recurrentInitializer',
          name: 'orthogonal',
          why: 'keeps the length of the state over many steps',
        }),
      ]
    : [];
}

function initialize(
  network: Network,
  layers: readonly Layer[],
  {
    argument,
    name,
    why,
  }: { readonly argument: string; readonly name: string; readonly why: string },
): Idea {
  const where = describeAll(network, layers);
  return {
    title: `Initialise ${where} with ${name}`,
    edits: layers.map((layer) => ({
      kind: 'setArgument',
      layer: layer.index,
      name: argument,
      value: string(name),
    })),
    variantKey: `${name}, ${layers.map(({ index }) => index).join('+')}`,
    because:
      `initial weights by ${name} in ${where}: it ${why}, so training starts where gradients ` +
      'have the right size',
  };
}
