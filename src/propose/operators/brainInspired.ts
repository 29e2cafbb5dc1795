import type { Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isDense } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { describe, endOfBlock, nextOf, shapeOf, widthOf, type Network } from './network.ts';
import type { Idea } from './operator.ts';

const FEWEST_UNITS = 4;

/** Hidden dense layers of a row of numbers, wide enough that units can differ in their part. */
export const hiddenRows = (network: Network): readonly Layer[] =>
  network.hidden.filter(
    (layer) =>
      isDense(layer) &&
      (widthOf(layer)?.value ?? 0) >= FEWEST_UNITS &&
      shapeOf(network, endOfBlock(network, layer))?.length === 1 &&
      nextOf(network, endOfBlock(network, layer)) !== null,
  );

interface Behind {
  readonly layer: LayerSpec;
  /** `of {the layer}`: what is done to it. */
  readonly title: string;
  readonly because: string;
  /** Weights that it adds. */
  readonly weights: number;
}

/** One idea for each hidden layer: something behind its block. */
const behindEach = (
  network: Network,
  of: (units: number, name: string) => Behind,
): readonly Idea[] =>
  hiddenRows(network)
    .filter((layer) => nextOf(network, endOfBlock(network, layer))?.type !== of(8, '').layer.type)
    .map((layer) => {
      const end = endOfBlock(network, layer);
      const {
        layer: added,
        title,
        because,
        weights,
      } = of(widthOf(layer)?.value ?? 0, describe(network, layer));
      return {
        title,
        edits: [{ kind: 'insertLayers', after: end.index, layers: [added] }],
        variantKey: `layer ${layer.index}`,
        because,
        growth: network.parameters ? 1 + weights / network.parameters : 1.2,
      };
    });

const ACTIVE = 0.25;

/** Of each hidden row the strongest quarter is let through. */
export const sparseActivity = defineOperator({
  name: 'k-winners',
  family: 'brain-inspired',
  source:
    'Ahmad & Scheinkman, How Can We Be So Dense? The Benefits of Using Highly Sparse ' +
    'Representations, 2019 (arXiv 1903.11257)',
  answers: {
    overfitting: 0.4,
    'train-validation-gap': 0.3,
    'noisy-validation': 0.25,
    underfitting: -0.3,
    'class-collapse': -0.3,
  },
  base: 0.1,
  gain: 0.1,
  ideas: ({ network }) =>
    behindEach(network, (units, name) => {
      const k = Math.max(1, Math.round(units * ACTIVE));
      return {
        layer: layerSpec('kWinners', { k: number(k) }),
        title: `Leave the ${k} strongest of ${name} alone`,
        because:
          `of ${name} exactly ${k} units speak for each row and the others are silent: few ` +
          'units have to carry a row, which noise does not easily tip',
        weights: 0,
      };
    }),
});

/** Units hold each other down. */
export const inhibition = defineOperator({
  name: 'lateral-inhibition',
  family: 'brain-inspired',
  source: 'Carandini & Heeger, Normalization as a canonical neural computation, 2012',
  answers: { divergence: 0.4, oscillation: 0.35, 'not-a-number': 0.3, plateau: 0.15 },
  base: 0.08,
  gain: 0.1,
  ideas: ({ network }) =>
    behindEach(network, (_units, name) => ({
      layer: layerSpec('lateralInhibition', { strength: number(1) }),
      title: `Let the units of ${name} hold each other down`,
      because:
        `each unit of ${name} is divided by the activity of all: what is handed on says which ` +
        'units are strong, not how loud the row is, and cannot grow without bound',
      weights: 0,
    })),
});

const ROUNDS = 3;

/** A hidden row that is looked at again in the light of itself. */
export const feedbackRounds = defineOperator({
  name: 'feedback',
  family: 'brain-inspired',
  source: 'Zamir et al., Feedback Networks, 2016 (arXiv 1612.09508)',
  answers: { underfitting: 0.4, plateau: 0.35, creeping: 0.2, overfitting: -0.3 },
  base: 0.12,
  gain: 0.15,
  ideas: ({ network }) =>
    behindEach(network, (units, name) => ({
      layer: layerSpec('feedback', { steps: number(ROUNDS) }),
      title: `Feed ${name} back to itself ${ROUNDS} times`,
      because:
        `what ${name} gives is refined ${ROUNDS} times by one and the same matrix: as deep as ` +
        `${ROUNDS} layers more, with the weights of one`,
      weights: units * units + units,
    })),
});

const SEGMENTS = 4;

/** Units that are let through by the context their dendrites see. */
export const dendrites = defineOperator({
  name: 'dendritic-gating',
  family: 'brain-inspired',
  source:
    'Iyer et al., Avoiding Catastrophe: Active Dendrites Enable Multi-Task Learning in Dynamic ' +
    'Environments, 2022 (arXiv 2201.00042)',
  answers: { underfitting: 0.35, plateau: 0.3, overfitting: -0.3 },
  base: 0.1,
  gain: 0.12,
  ideas: ({ network }) =>
    behindEach(network, (units, name) => ({
      layer: layerSpec('dendriticGate', { segments: number(SEGMENTS) }),
      title: `Gate ${name} by ${SEGMENTS} dendrites a unit`,
      because:
        `each unit of ${name} is let through by the strongest of ${SEGMENTS} dendrites, each of ` +
        'which waits for a pattern of its own: other units for other kinds of rows',
      weights: SEGMENTS * units * units,
    })),
});
