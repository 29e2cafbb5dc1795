import { defineOperator } from './defineOperator.ts';
import { changeRates, ratedDropouts } from './dropoutRates.ts';

const HIGHEST = 0.6;

/** A higher rate in the dropout layers that are there. */
export const strengthenDropout = defineOperator({
  name: 'strengthen-dropout',
  family: 'regularization',
  source: 'Srivastava et al., Dropout, 2014 (JMLR 15), section 7.3: the effect of the rate',
  answers: {
    overfitting: 0.7,
    'train-validation-gap': 0.4,
    underfitting: -0.9,
    'under-trained': -0.7,
    'validation-below-training': -0.8,
  },
  base: 0.1,
  gain: 0.2,
  ideas({ network }) {
    const dropouts = ratedDropouts(network).filter(({ rate }) => rate < HIGHEST);
    if (dropouts.length === 0) return [];
    return [
      changeRates(dropouts, {
        verb: 'Raise',
        to: (rate) => Math.min(HIGHEST, rate + 0.15),
        why: 'the present rate does not keep the model from memorising',
      }),
    ];
  },
});
