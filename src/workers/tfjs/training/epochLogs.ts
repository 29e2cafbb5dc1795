import type { OutputFacts } from '../data/types.ts';
import { STUDY_LOSS } from './batchMetrics.ts';
import { nameOf } from './order.ts';
import type { PreparedModel } from './prepareModel.ts';

type Values = Readonly<Record<string, number>>;

/**
 * What the batches of an epoch came to, in the study's words: `loss` is the study's own, of several
 * outputs the sum of theirs; what `fit` minimised stands beside it where it is something else.
 */
export function trainingLogs(
  values: Values,
  { outputs, names, ownObjective }: Pick<PreparedModel, 'outputs' | 'names' | 'ownObjective'>,
): Record<string, number> {
  const { loss: fitLoss = NaN } = values;
  const fit = ownObjective ? { fit_loss: fitLoss } : {};
  const [only, ...others] = outputs;
  if (only && others.length === 0) return { ...ofOutput(only.output, values, ''), ...fit };
  const own = outputs.map(({ output }, index) => {
    const logs = ofOutput(output, values, `${names[index] ?? ''}_`);
    return [nameOf(output, index), logs] as const;
  });
  const loss = own.reduce((sum, [, logs]) => sum + (logs['loss'] ?? NaN), 0);
  const keyed = own.flatMap(([name, logs]) =>
    Object.entries(logs).map(([key, value]) => [`${name}_${key}`, value] as const),
  );
  return { loss, ...Object.fromEntries(keyed), ...fit };
}

/** One output's, from what `fit` logs under its name. */
function ofOutput(output: OutputFacts, values: Values, prefix: string): Record<string, number> {
  const loss = values[prefix + STUDY_LOSS] ?? NaN;
  if (output.task !== 'regression') return { loss, accuracy: values[`${prefix}accuracy`] ?? NaN };
  const { targetVariance } = output;
  return {
    loss,
    mae: values[`${prefix}mae`] ?? NaN,
    r2: targetVariance > 0 ? 1 - loss / targetVariance : 0,
  };
}
