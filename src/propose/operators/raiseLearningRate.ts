import { defineOperator } from './defineOperator.ts';
import { rateIdeas } from './learningRate.ts';

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
      'the run still improves when its epochs are over, so larger steps bring it further in ' +
        'the same time',
    ),
});
