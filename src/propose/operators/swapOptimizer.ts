import type { LibraryOptimizer, OptimizerSpec } from '../../model/edits.ts';
import { defineOperator } from './defineOperator.ts';
import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import { compileWith, optimizerOf, usualRate } from './training.ts';
import { figure } from './words.ts';

type Type = LibraryOptimizer;

/** What each optimiser is exchanged for, best first. */
const SUCCESSORS: Readonly<Record<Type, readonly Type[]>> = {
  sgd: ['adam', 'momentum', 'rmsprop'],
  momentum: ['adam', 'rmsprop'],
  adagrad: ['adam', 'rmsprop'],
  rmsprop: ['adam', 'adamax'],
  adamax: ['adam', 'rmsprop'],
  adam: ['rmsprop', 'adamax', 'momentum'],
};

const VIRTUES: Readonly<Record<Type, string>> = {
  adam:
    'scales each weight’s step by its own gradients, ' +
    'so flat and steep directions advance alike',
  momentum: 'carries speed through flat stretches and often generalises better than adaptive steps',
  rmsprop: 'scales each step by recent gradients only, so early large ones are forgotten',
  adamax: 'bounds each step by the largest recent gradient, which is calmer under outliers',
  sgd: 'is the plainest of all',
  adagrad: 'suits sparse inputs',
};

/** Steps that do not follow the size of each weight's own gradients, or that die away. */
const PLAIN: readonly OptimizerSpec['type'][] = ['sgd', 'momentum', 'adagrad'];

const successorsOf = (type: OptimizerSpec['type']): readonly Type[] =>
  Object.entries(SUCCESSORS).find(([name]) => name === type)?.[1] ?? ['adam'];

/** Another optimiser at its usual learning rate. */
export const swapOptimizer = defineOperator({
  name: 'swap-optimizer',
  family: 'optimizer',
  source:
    'Kingma & Ba, Adam, 2014 (arXiv 1412.6980); Wilson et al., The Marginal Value of ' +
    'Adaptive Gradient Methods, 2017',
  answers: {
    'under-trained': 0.6,
    creeping: 0.6,
    'not-learning': 0.5,
    plateau: 0.35,
    oscillation: 0.3,
    'too-few-epochs': 0.4,
    'improvement-rate': 0.35,
    divergence: 0.2,
  },
  base: 0.15,
  gain: 0.35,
  ideas(context) {
    const present = optimizerOf(context);
    if (!present) return usualOnes(context);
    return successorsOf(present.type).map((type, place) => {
      const learningRate = usualRate(type);
      return {
        title: `Train with ${type} (${figure(learningRate)}) instead of ${present.type}`,
        edits: [compileWith(context, { optimizer: { type, learningRate } })],
        variantKey: `${present.type} → ${type}`,
        because:
          `training with ${type} at ${figure(learningRate)} in place of ${present.type} ` +
          `at ${figure(present.learningRate)}: ${type} ${VIRTUES[type]}`,
        fit: (PLAIN.includes(present.type) ? 1 : 0.6) * 0.85 ** place,
      };
    });
  },
});

/** What an optimiser is exchanged for whose kind or rate the source does not say. */
const USUAL: readonly Type[] = ['adam', 'rmsprop', 'momentum', 'adamax', 'sgd'];

function usualOnes(context: OperatorContext): readonly Idea[] {
  if (!context.network.architecture.compile) return [];
  return USUAL.map((type, place) => {
    const rate = figure(usualRate(type));
    return {
      title: `Train with ${type} (${rate})`,
      edits: [compileWith(context, { optimizer: { type, learningRate: usualRate(type) } })],
      variantKey: `unread → ${type}`,
      because:
        `the source does not say how large the steps are; ${type} at ${rate} is where most ` +
        `models start from, and ${VIRTUES[type]}`,
      fit: 0.9 * 0.85 ** place,
    };
  });
}
