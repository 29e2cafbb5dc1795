import type { OptimizerSpec } from '../../model/edits.ts';
import { defineOperator } from './defineOperator.ts';
import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import { compileWith, optimizerOf } from './training.ts';
import { figure } from './words.ts';

const SMALLEST = 1e-6;
const LARGEST: Readonly<Record<OptimizerSpec['type'], number>> = {
  adam: 0.1,
  adamax: 0.1,
  rmsprop: 0.1,
  adagrad: 1,
  sgd: 1,
  momentum: 1,
  adamW: 0.1,
  lion: 0.01,
  rAdam: 0.1,
  cosineAdam: 0.1,
  clippedAdam: 0.1,
  averagedAdam: 0.1,
};

/**
 * The optimiser stays, its learning rate is multiplied; no idea where that leaves the range in
 * which the optimiser works.
 */
function rateIdeas(
  context: OperatorContext,
  factors: readonly number[],
  why: string,
): readonly Idea[] {
  const optimizer = optimizerOf(context);
  if (!optimizer) return [];
  return factors.flatMap((factor, place) => {
    const rate = Number((optimizer.learningRate * factor).toPrecision(2));
    if (rate < SMALLEST || rate > LARGEST[optimizer.type]) return [];
    const step = `${figure(optimizer.learningRate)} → ${figure(rate)}`;
    return [
      {
        title: `${factor > 1 ? 'Raise' : 'Lower'} the learning rate ${step}`,
        edits: [compileWith(context, { optimizer: { ...optimizer, learningRate: rate } })],
        variantKey: step,
        because: `the learning rate of ${optimizer.type} goes ${step}: ${why}`,
        fit: 0.9 ** place,
      },
    ];
  });
}

/** Larger steps, for a run that ends while it still improves. */
export const raiseLearningRate = defineOperator({
  name: 'raise-learning-rate',
  family: 'learning-rate',
  source: 'Smith, Cyclical Learning Rates, 2015 (arXiv 1506.01186): the range test',
  answers: {
    'under-trained': 0.9,
    creeping: 0.9,
    'too-few-epochs': 0.7,
    'improvement-rate': 0.5,
    underfitting: 0.35,
    'not-learning': 0.35,
    divergence: -0.9,
    oscillation: -0.8,
    'not-a-number': -1,
    overfitting: -0.5,
  },
  base: 0.3,
  gain: 0.6,
  ideas: (context) =>
    rateIdeas(
      context,
      [3, 10],
      context.diagnosis.epochs === 0
        ? 'where the run still improves when its epochs are over, larger steps bring it further ' +
            'in the same time'
        : 'the run still improves when its epochs are over, so larger steps bring it further in ' +
            'the same time',
    ),
});

/** Smaller steps, for a run that jumps about or falls apart. */
export const lowerLearningRate = defineOperator({
  name: 'lower-learning-rate',
  family: 'learning-rate',
  source: 'Bengio, Practical Recommendations for Gradient-Based Training, 2012 (arXiv 1206.5533)',
  answers: {
    divergence: 0.9,
    oscillation: 0.8,
    'not-a-number': 0.9,
    'noisy-validation': 0.5,
    plateau: 0.3,
    'convergence-trend': 0.3,
    overfitting: 0.25,
    'not-learning': 0.4,
    'class-collapse': 0.4,
    'under-trained': -0.9,
    creeping: -0.9,
    'too-few-epochs': -0.8,
  },
  base: 0.12,
  gain: 0.25,
  ideas: (context) =>
    rateIdeas(
      context,
      [1 / 3, 0.1],
      'smaller steps settle in a minimum instead of jumping across it, and go less far after ' +
        'what only the training rows ask for',
    ),
});
