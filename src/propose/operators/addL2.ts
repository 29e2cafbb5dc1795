import { defineOperator } from './defineOperator.ts';
import { addPenalty } from './weightPenalties.ts';

/** Weight decay on hidden layers. */
export const addL2 = defineOperator({
  name: 'add-l2',
  family: 'regularization',
  source: 'Krogh & Hertz, A Simple Weight Decay Can Improve Generalization, 1991',
  answers: {
    overfitting: 0.65,
    'train-validation-gap': 0.4,
    'noisy-validation': 0.2,
    underfitting: -0.7,
    'under-trained': -0.5,
  },
  base: 0.12,
  gain: 0.2,
  ideas: ({ network }) => [
    ...addPenalty(network, {
      kind: 'l2',
      amount: 1e-3,
      why: 'holds them small, so that no single row can bend the function far',
      fit: 1,
    }),
    ...addPenalty(network, {
      kind: 'l2',
      amount: 1e-4,
      why: 'holds them small at little cost to the fit',
      fit: 0.8,
    }),
  ],
});
