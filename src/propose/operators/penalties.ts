import type { Layer } from '../../model/architecture.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { type Value, call, number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { type Network, describeAll, tunableLayers } from './network.ts';
import type { Idea } from './operator.ts';
import { figure } from './words.ts';

/** A penalty on the weights of a layer, as written: `regularizers.l2({ l2: 1e-4 })`. */
interface Penalty {
  readonly layer: Layer;
  readonly kind: 'l1' | 'l2';
  readonly amount: number;
}

/** The hidden layers whose kernel has an L1 or L2 penalty of a known amount. */
const penaltiesOf = (network: Network): readonly Penalty[] =>
  tunableLayers(network).flatMap((layer) => penaltyOf(layer) ?? []);

/** The hidden layers whose kernel has no penalty of any kind. */
const unpenalized = (network: Network): readonly Layer[] =>
  tunableLayers(network).filter((layer) => !argumentOf(layer, 'kernelRegularizer'));

/** A penalty as a value to be written. */
const penalty = (kind: Penalty['kind'], amount: number): Value =>
  call(`regularizers.${kind}`, { [kind]: number(amount) });

/** Puts a penalty on the kernels of all layers that have none. */
function addPenalty(
  network: Network,
  addition: {
    readonly kind: Penalty['kind'];
    readonly amount: number;
    readonly why: string;
    readonly fit: number;
  },
): readonly Idea[] {
  const layers = unpenalized(network);
  if (layers.length === 0) return [];
  const { kind, amount, why, fit } = addition;
  const words = `${kind.toUpperCase()} ${figure(amount)}`;
  return [
    {
      title: `Add ${words} to the weights of ${describeAll(network, layers)}`,
      edits: layers.map((layer) => ({
        kind: 'setArgument',
        layer: layer.index,
        name: 'kernelRegularizer',
        value: penalty(kind, amount),
      })),
      variantKey: words,
      because: `the penalty ${words} on the weights of ${describeAll(network, layers)} ${why}`,
      fit,
    },
  ];
}

/** Multiplies every penalty that is there. */
function scalePenalties(
  penalties: readonly Penalty[],
  factor: number,
  why: string,
): readonly Idea[] {
  const [first] = penalties;
  if (!first) return [];
  const to = (amount: number): number => Number((amount * factor).toPrecision(2));
  const step = `${first.kind.toUpperCase()} ${figure(first.amount)} → ${figure(to(first.amount))}`;
  return [
    {
      title: `${factor > 1 ? 'Raise' : 'Lower'} the weight penalty ${step}`,
      edits: penalties.map(({ layer, kind, amount }) => ({
        kind: 'setArgument',
        layer: layer.index,
        name: 'kernelRegularizer',
        value: penalty(kind, to(amount)),
      })),
      variantKey: step,
      because: `${step} on ${penalties.length} layer${penalties.length > 1 ? 's' : ''}: ${why}`,
    },
  ];
}

function penaltyOf(layer: Layer): Penalty | null {
  const value = argumentOf(layer, 'kernelRegularizer');
  const kind = value?.kind === 'call' ? value.callee.replace(/^regularizers\./, '') : null;
  if (value?.kind !== 'call' || (kind !== 'l1' && kind !== 'l2')) return null;
  const amount = value.arguments.find(({ name }) => name === kind)?.value;
  return amount?.kind === 'number' ? { layer, kind, amount: amount.value } : null;
}

/** Weight decay on hidden layers. */
export const addL2 = defineOperator({
  name: 'add-l2',
  family: 'regularization',
  source: 'Krogh & Hertz, A Simple Weight Decay Can Improve Generalization, 1991',
  answers: {
    overfitting: 0.65,
    'train-validation-gap': 0.4,
    'noisy-validation': 0.2,
    underfitting: -0.7,
    'under-trained': -0.5,
  },
  calledBy: { 'few-rows': 0.3 },
  base: 0.12,
  gain: 0.2,
  ideas: ({ network }) => [
    ...addPenalty(network, {
      kind: 'l2',
      amount: 1e-3,
      why: 'holds them small, so that no single row can bend the function far',
      fit: 1,
    }),
    ...addPenalty(network, {
      kind: 'l2',
      amount: 1e-4,
      why: 'holds them small at little cost to the fit',
      fit: 0.8,
    }),
  ],
});

/** A sparsity penalty on hidden layers. */
export const addL1 = defineOperator({
  name: 'add-l1',
  family: 'regularization',
  source: 'Tibshirani, Regression Shrinkage and Selection via the Lasso, 1996',
  answers: {
    overfitting: 0.45,
    'train-validation-gap': 0.3,
    underfitting: -0.8,
    'under-trained': -0.6,
  },
  base: 0.08,
  gain: 0.15,
  ideas: ({ network }) =>
    addPenalty(network, {
      kind: 'l1',
      amount: 1e-4,
      why: 'drives those of useless inputs to zero',
      fit: 1,
    }),
});

const HIGHEST = 0.1;

/** A higher L1 or L2 penalty where there is one. */
export const strengthenPenalty = defineOperator({
  name: 'strengthen-penalty',
  family: 'regularization',
  source: 'Krogh & Hertz, A Simple Weight Decay Can Improve Generalization, 1991',
  answers: {
    overfitting: 0.6,
    'train-validation-gap': 0.35,
    underfitting: -0.8,
    'under-trained': -0.6,
  },
  base: 0.08,
  gain: 0.15,
  ideas: ({ network }) =>
    scalePenalties(
      penaltiesOf(network).filter(({ amount }) => amount < HIGHEST),
      10,
      'the present penalty does not keep the model from memorising',
    ),
});

/** A lower penalty on the weights, or none. */
export const weakenPenalty = defineOperator({
  name: 'weaken-penalty',
  family: 'regularization',
  source: 'Krogh & Hertz, A Simple Weight Decay Can Improve Generalization, 1991',
  answers: { underfitting: 0.65, 'under-trained': 0.4, plateau: 0.2, overfitting: -0.8 },
  base: 0.12,
  gain: 0.2,
  ideas({ network }) {
    const penalties = penaltiesOf(network);
    const [first] = penalties;
    if (!first) return [];
    const what =
      `the ${first.kind.toUpperCase()} penalty from ${penalties.length} ` +
      `layer${penalties.length > 1 ? 's' : ''}`;
    return [
      ...scalePenalties(penalties, 0.1, 'the penalty holds weights back that the fit needs'),
      {
        title: `Remove ${what}`,
        edits: penalties.map(({ layer }) => ({
          kind: 'removeArgument',
          layer: layer.index,
          name: 'kernelRegularizer',
        })),
        variantKey: 'remove',
        because: `removing ${what} lets the weights grow as far as the fit needs`,
        fit: 0.9,
      },
    ];
  },
});
