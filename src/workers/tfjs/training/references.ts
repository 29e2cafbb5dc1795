import type { ReferenceScores } from '../../../record/dataProfile.ts';
import { foldsOf, type ArrayData, type StudyData } from '../data/types.ts';
import { openTensorScope } from '../tensorScope.ts';
import type { Tf } from '../tf.ts';
import { createEvaluator, type Reading } from './evaluator.ts';
import { linearOutputs } from './linearModel.ts';
import { meanOf } from './meanCurves.ts';

/**
 * What simple models reach on the validation part, measured as every trial is (with folds: the mean
 * over them): always answering the training part's mean (or its class shares), and a linear model.
 * `null` for streamed data.
 */
export async function referenceScores(tf: Tf, data: StudyData): Promise<ReferenceScores | null> {
  const folds: ReferenceScores[] = [];
  for (const fold of foldsOf(data)) {
    if (fold.kind === 'streams') return null;
    folds.push(await scoresOn(tf, fold));
  }
  const linear = folds.flatMap((fold) => (fold.linear ? [fold.linear] : []));
  return {
    trivial: meanScores(folds.map(({ trivial }) => trivial)),
    linear: linear.length === 0 ? null : meanScores(linear),
  };
}

type Scores = ReferenceScores['trivial'];

const meanScores = (folds: readonly Scores[]): Scores =>
  Object.fromEntries(
    Object.keys(folds[0] ?? {}).map((key) => [
      key,
      meanOf(folds.map((scores) => scores[key] ?? NaN)),
    ]),
  );

async function scoresOn(tf: Tf, data: ArrayData): Promise<ReferenceScores> {
  const scope = openTensorScope(tf);
  try {
    const linear = await linearOutputs(tf, data);
    return {
      trivial: scoresOf(data, trivialOutputs(data), 'probabilities'),
      linear: linear && scoresOf(data, linear, 'logits'),
    };
  } finally {
    scope.close();
  }
}

function scoresOf(data: ArrayData, outputs: ArrayLike<number>, reading: Reading): Scores {
  const evaluator = createEvaluator(data.task, data.outputUnits, reading);
  evaluator.add(outputs, data.validation.targets);
  return Object.fromEntries(
    Object.entries(evaluator.result()).map(([key, value]) => [`val_${key}`, value]),
  );
}

function trivialOutputs(data: ArrayData): Float64Array {
  const answer = data.task === 'classification' ? data.classShares : meansOf(data);
  return Float64Array.from(
    { length: data.validation.rows * data.outputUnits },
    (_, index) => answer[index % data.outputUnits] ?? 0,
  );
}

function meansOf({ train, outputUnits }: ArrayData): readonly number[] {
  const sums = Array.from({ length: outputUnits }, () => 0);
  train.targets.forEach((value, index) => {
    sums[index % outputUnits] = (sums[index % outputUnits] ?? 0) + value;
  });
  return sums.map((sum) => sum / train.rows);
}
