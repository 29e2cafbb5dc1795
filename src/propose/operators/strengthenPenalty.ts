import { defineOperator } from './defineOperator.ts';
import { penaltiesOf, scalePenalties } from './weightPenalties.ts';

const HIGHEST = 0.1;

/** A higher L1 or L2 penalty where there is one. */
export const strengthenPenalty = defineOperator({
  name: 'strengthen-penalty',
  family: 'regularization',
  source: 'Krogh & Hertz, A Simple Weight Decay Can Improve Generalization, 1991',
  answers: {
    overfitting: 0.6,
    'train-validation-gap': 0.35,
    underfitting: -0.8,
    'under-trained': -0.6,
  },
  base: 0.08,
  gain: 0.15,
  ideas: ({ network }) =>
    scalePenalties(
      penaltiesOf(network).filter(({ amount }) => amount < HIGHEST),
      10,
      'the present penalty does not keep the model from memorising',
    ),
});
