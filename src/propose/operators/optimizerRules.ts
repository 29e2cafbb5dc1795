import { courses, setting, tidy } from './courseIdeas.ts';
import { defineOperator } from './defineOperator.ts';

/** Weight decay that the scale of the gradients does not change. */
export const decoupledDecay = defineOperator({
  name: 'adamw',
  family: 'optimizer',
  source: 'Loshchilov & Hutter, Decoupled Weight Decay Regularization, 2017 (arXiv 1711.05101)',
  answers: { overfitting: 0.5, 'train-validation-gap': 0.35, underfitting: -0.4 },
  calledBy: { 'few-rows': 0.25 },
  base: 0.1,
  gain: 0.12,
  ideas: (context) =>
    courses(
      context,
      [0.01, 0.1].map((decay, place) => ({
        type: 'adamW' as const,
        rate: (own: number) => own,
        settings: [setting('weightDecay', decay)],
        title: `Train with AdamW, weight decay ${decay}`,
        because:
          `every step takes ${decay} times the rate off each weight, apart from its gradient: ` +
          'weights that nothing asks for fade, alike for all',
        key: `decay ${decay}`,
        fit: 0.9 ** place,
      })),
    ),
});

/** Steps of one size for all weights. */
export const signedSteps = defineOperator({
  name: 'lion',
  family: 'optimizer',
  source: 'Chen et al., Symbolic Discovery of Optimization Algorithms, 2023 (arXiv 2302.06675)',
  answers: { plateau: 0.25, overfitting: 0.2, 'noisy-validation': 0.2, 'under-trained': -0.2 },
  base: 0.08,
  gain: 0.1,
  ideas: (context) =>
    courses(context, [
      {
        type: 'lion',
        rate: (own) => tidy(own / 3),
        settings: [],
        title: 'Train with Lion (rate {rate})',
        because:
          'every weight takes a step of one size by the sign of its gradient of late: rare large ' +
          'gradients weigh no more than the usual ones',
        key: 'lion',
      },
    ]),
});

/** No warm-up needs to be chosen: early steps do not adapt by what has hardly been seen. */
export const rectifiedSteps = defineOperator({
  name: 'radam',
  family: 'optimizer',
  source:
    'Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, 2019 ' +
    '(arXiv 1908.03265)',
  answers: { oscillation: 0.3, divergence: 0.3, 'noisy-validation': 0.2, 'too-few-epochs': -0.3 },
  base: 0.07,
  gain: 0.1,
  ideas: (context) =>
    courses(context, [
      {
        type: 'rAdam',
        rate: (own) => own,
        settings: [],
        title: 'Train with RAdam (rate {rate})',
        because:
          'the first steps follow the momentum alone, and adapt to each weight only as far as ' +
          'the gradients seen so far tell how they vary: no early step is large by chance',
        key: 'radam',
      },
    ]),
});
