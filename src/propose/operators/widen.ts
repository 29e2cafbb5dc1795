import { defineOperator } from './defineOperator.ts';
import { resizeIdeas } from './resize.ts';

const LARGEST = 2048;

/** Twice the units or filters. */
export const widen = defineOperator({
  name: 'widen',
  family: 'width',
  source: 'Zagoruyko & Komodakis, Wide Residual Networks, 2016 (arXiv 1605.07146)',
  answers: {
    underfitting: 0.8,
    plateau: 0.35,
    creeping: 0.2,
    overfitting: -0.7,
    'not-a-number': -0.8,
    divergence: -0.5,
  },
  base: 0.3,
  gain: 0.35,
  ideas: ({ network }) =>
    resizeIdeas(network, {
      verb: 'Widen',
      factor: 2,
      why: 'more features per layer give the model room for what it cannot express yet',
      allowed: (width) => width <= LARGEST,
    }),
});
