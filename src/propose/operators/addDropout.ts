import { number } from '../../model/values.ts';
import type { Layer } from '../../model/architecture.ts';
import { defineOperator } from './defineOperator.ts';
import { isConvolution, isDropout } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import {
  blockOf,
  describeAll,
  endOfBlock,
  insertionBefore,
  type Network,
  sizedLayers,
} from './network.ts';
import type { Idea } from './operator.ts';

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

/** A model of convolutions only: in front of its output layer. */
function beforeOutput(network: Network): readonly Idea[] {
  const [output] = network.head;
  const after = output ? insertionBefore(output) : null;
  const fed = network.architecture.layers.find(({ index }) => index === after);
  if (after === null || network.hidden.length === 0 || !fed || isDropout(fed)) return [];
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
