import type { CurveBound } from '../../../judge/fallenBehind.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { GrowingCurves } from '../../../record/trial.ts';
import type { StudyData } from '../data/types.ts';
import type { Tf } from '../tf.ts';
import { createEvaluator } from './evaluator.ts';
import type { Evaluator, Metrics } from './evaluator.ts';
import type { PreparedModel } from './prepareModel.ts';
import type { EvaluationPart, TrialData } from './trainingData.ts';

/** Everything one run of `fit` takes. */
export interface FitInput {
  readonly tf: Tf;
  readonly prepared: PreparedModel;
  readonly data: StudyData;
  readonly trialData: TrialData;
  readonly config: Pick<StudyConfig, 'epochs' | 'batchSize'>;
  readonly signal: AbortSignal;
  /** Where the run is given up. */
  readonly bound?: CurveBound | undefined;
  readonly onEpoch: (epoch: number, logs: Readonly<Record<string, number | null>>) => void;
  /** Filled epoch by epoch, so that what was reached is known however it ends. */
  readonly curves: GrowingCurves;
  /** Throws a `refused` fault where something that measures was replaced. */
  readonly check: () => void;
}

/**
 * The study's metrics on a part. Between the model's last word and the measuring nothing of a
 * variant runs, so what it replaced until then is seen.
 */
export async function evaluate(
  { prepared, data, trialData, check }: Pick<FitInput, 'prepared' | 'data' | 'trialData' | 'check'>,
  part: EvaluationPart,
): Promise<Metrics> {
  const evaluator = createEvaluator(data.task, data.outputUnits, prepared.reading);
  const add: Evaluator['add'] = (predictions, targets) => {
    check();
    evaluator.add(plainNumbers(predictions), targets);
  };
  await trialData.evaluate(prepared.model, part, { ...evaluator, add });
  return evaluator.result();
}

/** A copy in which everything is a number, and stays the one it is. */
function plainNumbers(values: ArrayLike<number>): Float32Array {
  const plain = new Float32Array(values.length);
  for (let index = 0; index < plain.length; index += 1) plain[index] = values[index] ?? NaN;
  return plain;
}
