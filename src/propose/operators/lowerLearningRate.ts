import { defineOperator } from './defineOperator.ts';
import { rateIdeas } from './learningRate.ts';

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
