import { defineOperator } from './defineOperator.ts';
import { lossIdeas } from './swapLoss.ts';

/** The log-cosh loss for regression: a smooth Huber. */
export const logCosh = defineOperator({
  name: 'log-cosh',
  family: 'loss',
  source:
    'Saleh & Saleh, Statistical Properties of the log-cosh Loss Function, 2022 (arXiv 2208.04564)',
  answers: { divergence: 0.5, oscillation: 0.45, 'noisy-validation': 0.35, overfitting: 0.2 },
  base: 0.1,
  gain: 0.12,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: { kind: 'named', name: 'logcosh' },
          words: 'the log-cosh loss',
          why:
            'grows linearly for large errors and is smooth everywhere, ' +
            'so gradients stay bounded',
        }),
});
