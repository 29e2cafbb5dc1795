import { targetWidth } from '../data/types.ts';
import { createEvaluator, type Metrics } from './evaluator.ts';
import type { StudyMetrics } from './metrics/studyMetrics.ts';
import { nameOf } from './order.ts';
import type { ReadOutput } from './readOutput.ts';

/** Adds up what a model says, batch by batch; `result` gives the metrics of all rows so far. */
export interface StudyEvaluator {
  /** Predictions by output, in the data's order; the targets of a row stand side by side. */
  add(predictions: readonly ArrayLike<number>[], targets: ArrayLike<number>): void;
  result(): Metrics;
}

/**
 * Measures every output. Of one the keys are plain; of several `loss` is the sum of theirs and each
 * has its own keys: `rating_loss`, `rating_mae`.
 */
export function createStudyEvaluator(
  outputs: readonly ReadOutput[],
  metrics: StudyMetrics,
): StudyEvaluator {
  const evaluators = outputs.map(({ output, reading }) =>
    createEvaluator(output.task, output.units, reading),
  );
  const further = metrics.open(outputs);
  const all = targetWidth(outputs.map(({ output }) => output));
  return {
    add(predictions, targets) {
      let from = 0;
      for (let index = 0; index < outputs.length; index += 1) {
        const width = outputs[index]?.output.width ?? 0;
        const own = columnsOf(targets, { all, from, width });
        evaluators[index]?.add(predictions[index] ?? [], own);
        further.add(index, predictions[index] ?? [], own);
        from += width;
      }
    },
    result: () => ({
      ...joined(evaluators.map((each, index) => [keyed(outputs, index), each.result()])),
      ...further.result(),
    }),
  };
}

/** What stands for one output among the targets. */
function columnsOf(
  values: ArrayLike<number>,
  { all, from, width }: { readonly all: number; readonly from: number; readonly width: number },
): ArrayLike<number> {
  if (all === width) return values;
  const rows = values.length / all;
  const own = new Float32Array(rows * width);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < width; column += 1)
      own[row * width + column] = values[row * all + from + column] ?? NaN;
  return own;
}

const keyed = (outputs: readonly ReadOutput[], index: number): string =>
  outputs.length === 1 ? '' : `${nameOf(outputs[index]?.output ?? { name: null }, index)}_`;

function joined(results: readonly (readonly [prefix: string, metrics: Metrics])[]): Metrics {
  const [first] = results;
  if (first && results.length === 1) return first[1];
  const own = results.flatMap(([prefix, metrics]) =>
    Object.entries(metrics).map(([key, value]) => [prefix + key, value] as const),
  );
  const loss = results.reduce((sum, [, metrics]) => sum + (metrics['loss'] ?? NaN), 0);
  return { loss, ...Object.fromEntries(own) };
}
