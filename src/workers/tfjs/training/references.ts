import type { ReferenceScores } from '../../../record/dataProfile.ts';
import { byOutput } from '../data/facts.ts';
import { foldsOf, type ArrayData, type OutputFacts, type StudyData } from '../data/types.ts';
import { openTensorScope } from '../tensorScope.ts';
import type { Tf } from '../tf.ts';
import type { Reading } from './evaluator.ts';
import { linearOutputs } from './linearModel.ts';
import { ngramProbabilities } from './ngram.ts';
import { meanOf } from './meanCurves.ts';
import { studyMetrics } from './metrics/studyMetrics.ts';
import { createStudyEvaluator } from './studyEvaluator.ts';

/**
 * What simple models reach on the validation part, measured as every trial is (with folds: the mean
 * over them): always answering the training part's mean (or its class shares), a linear model, and
 * for texts counts of what followed. `null` for streamed data.
 */
export async function referenceScores(tf: Tf, data: StudyData): Promise<ReferenceScores | null> {
  const folds: ReferenceScores[] = [];
  for (const fold of foldsOf(data)) {
    if (fold.kind === 'streams') return null;
    folds.push(await scoresOn(tf, fold));
  }
  const linear = folds.flatMap((fold) => (fold.linear ? [fold.linear] : []));
  const ngram = folds.flatMap((fold) => (fold.ngram ? [fold.ngram] : []));
  return {
    trivial: meanScores(folds.map(({ trivial }) => trivial)),
    linear: linear.length === 0 ? null : meanScores(linear),
    ...(ngram.length > 0 && { ngram: meanScores(ngram) }),
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
    const counted = ngramProbabilities(data);
    return {
      trivial: scoresOf(
        data,
        data.outputs.map((output, index) => trivial(data, output, index)),
      ),
      linear: linear && scoresOf(data, [linear]),
      ...(counted && { ngram: scoresOf(data, [{ values: counted, reading: 'probabilities' }]) }),
    };
  } finally {
    scope.close();
  }
}

interface Said {
  readonly values: ArrayLike<number>;
  readonly reading: Reading;
}

function scoresOf(data: ArrayData, said: readonly Said[]): Scores {
  const read = data.outputs.map((output, index) => ({
    output,
    reading: said[index]?.reading ?? 'probabilities',
  }));
  const evaluator = createStudyEvaluator(read, studyMetrics([], data.outputs, new Map()));
  evaluator.add(
    said.map(({ values }) => values),
    data.validation.targets,
  );
  return Object.fromEntries(
    Object.entries(evaluator.result()).map(([key, value]) => [`val_${key}`, value]),
  );
}

/** Always the same: the classes' shares, or the means of the training part. */
function trivial(data: ArrayData, output: OutputFacts, index: number): Said {
  const { task, units, width } = output;
  const isClasses = task === 'classification';
  const own = byOutput(data.train.targets, data.outputs)[index] ?? new Float32Array();
  const answer = isClasses ? output.classShares : meansOf(own, width);
  const length = data.validation.rows * (isClasses ? width * units : width);
  return {
    values: Float64Array.from({ length }, (_, at) => answer[at % answer.length] ?? 0),
    reading: 'probabilities',
  };
}

function meansOf(values: Float32Array, width: number): readonly number[] {
  const sums = Array.from({ length: width }, () => 0);
  values.forEach((value, at) => {
    sums[at % width] = (sums[at % width] ?? 0) + value;
  });
  return sums.map((sum) => (sum * width) / values.length);
}
