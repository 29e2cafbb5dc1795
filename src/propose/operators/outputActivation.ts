import type { Layer } from '../../model/architecture.ts';
import { string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isDense } from './layerKinds.ts';
import { ownActivation } from '../../model/layerArguments.ts';
import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import { unitsOf } from '../../model/lens/shape.ts';
import { lossName } from './task.ts';

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
