import type { Layer } from '../../model/architecture.ts';
import { numberOf } from '../../model/layerArguments.ts';
import { number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isConvolution, isDropout } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import {
  type Network,
  blockOf,
  describeAll,
  endOfBlock,
  insertionBefore,
  sizedLayers,
} from './network.ts';
import type { Idea } from './operator.ts';

/** A dropout layer whose rate is written as a number. */
interface RatedDropout {
  readonly layer: Layer;
  readonly rate: number;
}

/** The hidden dropout layers and their rates. */
function ratedDropouts(network: Network): readonly RatedDropout[] {
  return network.tunable
    .filter((layer) => layer.type === 'dropout' && layer.inputs.length === 1)
    .map((layer) => ({ layer, rate: numberOf(layer, 'rate') }))
    .filter((dropout): dropout is RatedDropout => dropout.rate !== null);
}

/** Sets all rates at once. */
function changeRates(
  dropouts: readonly RatedDropout[],
  change: { readonly verb: string; readonly to: (rate: number) => number; readonly why: string },
): Idea {
  const to = (rate: number): number => Number(change.to(rate).toFixed(2));
  const steps = [...new Set(dropouts.map(({ rate }) => `${rate} → ${to(rate)}`))].join(', ');
  return {
    title: `${change.verb} dropout ${steps}`,
    edits: dropouts.map(({ layer, rate }) => ({
      kind: 'setArgument',
      layer: layer.index,
      name: 'rate',
      value: number(to(rate)),
    })),
    variantKey: steps,
    because: `dropout ${steps}: ${change.why}`,
  };
}

const RATES = [0.3, 0.2, 0.5];

/** Dropout behind hidden layers that have none. */
export const addDropout = defineOperator({
  name: 'add-dropout',
  family: 'regularization',
  source: 'Srivastava et al., Dropout, 2014 (JMLR 15)',
  answers: {
    overfitting: 0.8,
    'train-validation-gap': 0.5,
    underfitting: -0.8,
    'under-trained': -0.6,
    creeping: -0.5,
    'validation-below-training': -0.6,
  },
  calledBy: { 'few-rows': 0.3 },
  base: 0.15,
  gain: 0.35,
  ideas({ network }) {
    const layers = sizedLayers(network).filter(
      (layer) => !isConvolution(layer) && !blockOf(network, layer).some(isDropout),
    );
    if (layers.length === 0) return beforeOutput(network);
    const [last] = layers.slice(-1);
    const groups = layers.length > 1 ? [layers, last ? [last] : []] : [layers];
    return RATES.flatMap((rate, place) =>
      groups.map((group) =>
        drop(network, group, { rate, fit: 0.85 ** place * (group === layers ? 1 : 0.9) }),
      ),
    );
  },
});

function drop(
  network: Network,
  layers: readonly Layer[],
  { rate, fit }: { readonly rate: number; readonly fit: number },
): Idea {
  const where = describeAll(network, layers);
  return {
    title: `Add dropout ${rate} after ${where}`,
    edits: layers.map((layer) => ({
      kind: 'insertLayers',
      after: endOfBlock(network, layer).index,
      layers: [dropout(rate)],
    })),
    variantKey: `${layers.map(({ index }) => index).join('+')}, ${rate}`,
    because:
      `dropout ${rate} after ${where} keeps units from relying on each other, so the model ` +
      'memorises less',
    fit,
  };
}

/** Where the layers before are convolutions only, or not known one by one. */
function beforeOutput(network: Network): readonly Idea[] {
  const [output] = network.head;
  const after = output && !output.conditional ? insertionBefore(output) : null;
  const fed = network.architecture.layers.find(({ index }) => index === after);
  const isAlone = network.hidden.length === 0 && !fed?.conditional;
  if (after === null || isAlone || !fed || isDropout(fed)) return [];
  return RATES.map((rate, place) => ({
    title: `Add dropout ${rate} before the output layer`,
    edits: [{ kind: 'insertLayers', after, layers: [dropout(rate)] }],
    variantKey: `before output, ${rate}`,
    because: `dropout ${rate} before the output layer keeps it from relying on single features`,
    fit: 0.85 ** place,
  }));
}

const dropout = (rate: number): ReturnType<typeof layerSpec> =>
  layerSpec('dropout', { rate: number(rate) });

const HIGHEST = 0.6;

/** A higher rate in the dropout layers that are there. */
export const strengthenDropout = defineOperator({
  name: 'strengthen-dropout',
  family: 'regularization',
  source: 'Srivastava et al., Dropout, 2014 (JMLR 15), section 7.3: the effect of the rate',
  answers: {
    overfitting: 0.7,
    'train-validation-gap': 0.4,
    underfitting: -0.9,
    'under-trained': -0.7,
    'validation-below-training': -0.8,
  },
  base: 0.1,
  gain: 0.2,
  ideas({ network }) {
    const dropouts = ratedDropouts(network).filter(({ rate }) => rate < HIGHEST);
    if (dropouts.length === 0) return [];
    return [
      changeRates(dropouts, {
        verb: 'Raise',
        to: (rate) => Math.min(HIGHEST, rate + 0.15),
        why: 'the present rate does not keep the model from memorising',
      }),
    ];
  },
});

/** A lower rate, or no dropout at all: it slows a model down that does not memorise. */
export const weakenDropout = defineOperator({
  name: 'weaken-dropout',
  family: 'regularization',
  source: 'Srivastava et al., Dropout, 2014 (JMLR 15), section 7.3: the effect of the rate',
  answers: {
    underfitting: 0.7,
    'under-trained': 0.6,
    creeping: 0.5,
    'validation-below-training': 0.7,
    'too-few-epochs': 0.4,
    overfitting: -0.8,
  },
  base: 0.2,
  gain: 0.3,
  ideas({ network }) {
    const dropouts = ratedDropouts(network);
    if (dropouts.length === 0) return [];
    return [
      changeRates(dropouts, {
        verb: 'Lower',
        to: (rate) => rate / 2,
        why: 'less noise lets the model fit what it does not fit yet',
      }),
      ...removal(dropouts.filter(({ layer }) => !layer.conditional)),
    ];
  },
});

function removal(dropouts: readonly RatedDropout[]): readonly Idea[] {
  if (dropouts.length === 0) return [];
  const rates = dropouts.map(({ rate }) => rate).join(', ');
  return [
    {
      title: `Remove dropout (${rates})`,
      edits: dropouts.map(({ layer }) => ({ kind: 'removeLayer', layer: layer.index })),
      variantKey: 'remove',
      because: `the model does not memorise, so dropout (${rates}) only slows it down`,
      fit: 0.9,
    },
  ];
}
