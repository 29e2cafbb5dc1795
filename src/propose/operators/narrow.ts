import { defineOperator } from './defineOperator.ts';
import { resizeIdeas } from './resize.ts';

const SMALLEST = 4;

/** Half the units or filters. */
export const narrow = defineOperator({
  name: 'narrow',
  family: 'width',
  source: 'Geman, Bienenstock & Doursat, Neural Networks and the Bias/Variance Dilemma, 1992',
  answers: {
    overfitting: 0.5,
    'train-validation-gap': 0.3,
    underfitting: -0.9,
    'under-trained': -0.4,
    creeping: -0.4,
  },
  base: 0.12,
  gain: 0.2,
  ideas: ({ network }) =>
    resizeIdeas(network, {
      verb: 'Narrow',
      factor: 0.5,
      why: 'fewer features per layer leave less room to memorise single rows',
      allowed: (width) => width >= SMALLEST,
    }),
});
