import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import { compileWith, optimizerOf } from './training.ts';
import { figure } from './words.ts';

const SMALLEST = 1e-6;
const LARGEST = { adam: 0.1, adamax: 0.1, rmsprop: 0.1, adagrad: 1, sgd: 1, momentum: 1 } as const;

/**
 * The optimiser stays, its learning rate is multiplied; no idea where that leaves the range in
 * which the optimiser works.
 */
export function rateIdeas(
  context: OperatorContext,
  factors: readonly number[],
  why: string,
): readonly Idea[] {
  const optimizer = optimizerOf(context);
  if (!optimizer) return [];
  return factors.flatMap((factor, place) => {
    const rate = Number((optimizer.learningRate * factor).toPrecision(2));
    if (rate < SMALLEST || rate > LARGEST[optimizer.type]) return [];
    const step = `${figure(optimizer.learningRate)} → ${figure(rate)}`;
    return [
      {
        title: `${factor > 1 ? 'Raise' : 'Lower'} the learning rate ${step}`,
        edits: [compileWith(context, { optimizer: { ...optimizer, learningRate: rate } })],
        variantKey: step,
        because: `the learning rate of ${optimizer.type} goes ${step}: ${why}`,
        fit: 0.9 ** place,
      },
    ];
  });
}
