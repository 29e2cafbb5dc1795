import { defineOperator } from './defineOperator.ts';
import { addPenalty } from './weightPenalties.ts';

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
