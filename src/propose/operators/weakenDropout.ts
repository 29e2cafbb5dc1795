import { defineOperator } from './defineOperator.ts';
import { changeRates, ratedDropouts } from './dropoutRates.ts';

/** A lower rate, or no dropout at all: it slows a model down that does not memorise. */
export const weakenDropout = defineOperator({
  name: 'weaken-dropout',
  family: 'regularization',
  source: 'Srivastava et al., Dropout, 2014 (JMLR 15), section 7.3: the effect of the rate',
  answers: {
    underfitting: 0.7,
    'under-trained': 0.6,
    creeping: 0.5,
    'validation-below-training': 0.7,
    'too-few-epochs': 0.4,
    overfitting: -0.8,
  },
  base: 0.2,
  gain: 0.3,
  ideas({ network }) {
    const dropouts = ratedDropouts(network);
    if (dropouts.length === 0) return [];
    const rates = dropouts.map(({ rate }) => rate).join(', ');
    return [
      changeRates(dropouts, {
        verb: 'Lower',
        to: (rate) => rate / 2,
        why: 'less noise lets the model fit what it does not fit yet',
      }),
      {
        title: `Remove dropout (${rates})`,
        edits: dropouts.map(({ layer }) => ({ kind: 'removeLayer', layer: layer.index })),
        variantKey: 'remove',
        because: `the model does not memorise, so dropout (${rates}) only slows it down`,
        fit: 0.9,
      },
    ];
  },
});
