import { courses, FEWEST_STEPS, setting, stepsOf, tidy } from './courseIdeas.ts';
import { defineOperator } from './defineOperator.ts';
import { figure } from './words.ts';

/** A rate that falls to nothing by the end, and one that rises high before. */
export const cosineSchedule = defineOperator({
  name: 'cosine-schedule',
  family: 'schedule',
  source:
    'Loshchilov & Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2016 ' +
    '(arXiv 1608.03983); Goyal et al., Accurate, Large Minibatch SGD, 2017 (arXiv 1706.02677): ' +
    'the warm-up',
  answers: {
    oscillation: 0.55,
    'noisy-validation': 0.45,
    plateau: 0.35,
    'convergence-trend': 0.3,
    divergence: 0.3,
    'too-few-epochs': -0.2,
  },
  base: 0.18,
  gain: 0.2,
  ideas(context) {
    const steps = stepsOf(context);
    if (!steps || steps.all < FEWEST_STEPS) return [];
    const warmup = Math.max(2, Math.round(0.05 * steps.all));
    return courses(context, [
      {
        type: 'cosineAdam',
        rate: (own) => own,
        settings: [setting('steps', steps.all), setting('warmup', warmup)],
        title: 'Let the learning rate fall from {rate} along a cosine',
        because:
          `the rate rises for ${warmup} steps and falls to nothing by the last of ${steps.all}: ` +
          'large steps first, and a calm end that settles in the minimum',
        key: 'cosine',
      },
    ]);
  },
});

/** Up to three times the rate, and down again, within the run. */
export const oneCycle = defineOperator({
  name: 'one-cycle',
  family: 'schedule',
  source:
    'Smith & Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large ' +
    'Learning Rates, 2017 (arXiv 1708.07120)',
  answers: {
    'under-trained': 0.6,
    creeping: 0.6,
    'too-few-epochs': 0.55,
    'improvement-rate': 0.3,
    plateau: 0.3,
    divergence: -0.5,
  },
  base: 0.15,
  gain: 0.3,
  ideas(context) {
    const steps = stepsOf(context);
    if (!steps || steps.all < FEWEST_STEPS) return [];
    const warmup = Math.round(0.3 * steps.all);
    return courses(context, [
      {
        type: 'cosineAdam',
        rate: (own) => tidy(5 * own),
        settings: [setting('steps', steps.all), setting('warmup', warmup)],
        title: 'Train in one cycle up to a learning rate of {rate}',
        because:
          `the rate rises for ${warmup} of ${steps.all} steps to five times what it is and falls ` +
          'to nothing: large steps in the middle bring the run further in the same time',
        key: 'one cycle',
      },
    ]);
  },
});

/** No single batch throws the weights far. */
export const gradientClipping = defineOperator({
  name: 'gradient-clipping',
  family: 'schedule',
  source:
    'Pascanu, Mikolov & Bengio, On the difficulty of training Recurrent Neural Networks, 2012 ' +
    '(arXiv 1211.5063)',
  answers: { 'not-a-number': 0.8, divergence: 0.75, oscillation: 0.4, 'noisy-validation': 0.2 },
  calledBy: { outliers: 0.3 },
  base: 0.06,
  gain: 0.2,
  ideas: (context) =>
    courses(context, [
      {
        type: 'clippedAdam',
        rate: (own) => own,
        settings: [setting('norm', 1)],
        title: 'Cut gradients to a length of 1',
        because:
          'the gradients of all weights together are cut to a length of 1: a batch with rows far ' +
          'out turns the weights no further than any other',
        key: 'norm 1',
      },
    ]),
});

/** The mean of the weights of late. */
export const weightAveraging = defineOperator({
  name: 'weight-averaging',
  family: 'schedule',
  source:
    'Polyak & Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992; Izmailov et ' +
    'al., Averaging Weights Leads to Wider Optima and Better Generalization, 2018 ' +
    '(arXiv 1803.05407)',
  answers: { 'noisy-validation': 0.55, oscillation: 0.5, overfitting: 0.2, 'under-trained': -0.2 },
  calledBy: { 'few-rows': 0.2 },
  base: 0.1,
  gain: 0.15,
  ideas(context) {
    const steps = stepsOf(context);
    if (!steps || steps.all < FEWEST_STEPS) return [];
    const decay = tidy(Math.max(0.5, 1 - 2 / Math.max(4, steps.ofEpoch)));
    return courses(context, [
      {
        type: 'averagedAdam',
        rate: (own) => own,
        settings: [setting('decay', decay), setting('every', steps.ofEpoch)],
        title: `Put the mean of late in the weights' place every ${steps.ofEpoch} steps`,
        because:
          `once an epoch (${steps.ofEpoch} steps) the weights become their moving average, of ` +
          `which each step keeps ${figure(decay)}: what single batches pulled to and fro is gone`,
        key: `decay ${decay}`,
      },
    ]);
  },
});
