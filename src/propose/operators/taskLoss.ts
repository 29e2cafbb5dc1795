import { defineOperator } from './defineOperator.ts';
import { ownActivation } from '../../model/layerArguments.ts';
import type { OperatorContext } from './operatorContext.ts';
import { lossIdeas } from './swapLoss.ts';
import { lossName } from './task.ts';
import { usualLoss } from './training.ts';

/** The loss that is made for the task, where the builder uses a regression loss on classes. */
export const taskLoss = defineOperator({
  name: 'task-loss',
  family: 'loss',
  source: 'Golik, Doetsch & Ney, Cross-Entropy vs. Squared Error Training, 2013',
  answers: {
    'not-learning': 0.8,
    creeping: 0.6,
    'under-trained': 0.5,
    plateau: 0.4,
    'metric-loss-disagree': 0.5,
  },
  base: 0.5,
  gain: 0.5,
  ideas(context) {
    const loss = usualLoss(context);
    return !isMismatched(context)
      ? []
      : lossIdeas(context, {
          loss: { kind: 'named', name: loss },
          words: loss,
          why:
            'keeps its gradient where a probability is confidently wrong; the squared error ' +
            'loses it there',
        });
  },
});

function isMismatched({ network, task }: OperatorContext): boolean {
  const output = network.head[0];
  const probabilities =
    output !== undefined && ['softmax', 'sigmoid'].includes(ownActivation(output));
  return (
    task === 'classification' &&
    probabilities &&
    ['meanSquaredError', 'meanAbsoluteError'].includes(lossName(network.architecture) ?? '')
  );
}
