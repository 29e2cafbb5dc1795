import { createHash } from 'node:crypto';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { Dataset, Tf } from '../tf.ts';
import { dataNoTestPart, dataNotPreprocessable, dataOneClass, dataTooFewRows } from './errors.ts';
import { fitScaling } from './preprocess.ts';
import type { StreamData, Task } from './types.ts';
import { type Seal } from './arrayData.ts';
import { requireVaryingTarget } from './dataChecks.ts';
import { survey } from './streamSurvey.ts';
import type { Survey } from './streamSurvey.ts';
import { partsOf, isTensor } from './streamElements.ts';

/** Ready-made `tf.data` splits as `loadData` returned them. */
export interface Streams {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset | null;
  readonly task: Task | null;
  /** Whether elements are batches; `null`: found out from the first element. */
  readonly batched: boolean | null;
}

/** What describing streams takes; `open` calls `loadData` anew. */
interface StreamInput {
  readonly tf: Tf;
  readonly config: Pick<StudyConfig, 'batchSize' | 'preprocessing'>;
  readonly seal: Seal;
  readonly open: () => Promise<Streams>;
}

/**
 * Describes streamed data in one pass over the train and validation parts; the test part is never
 * iterated here, and handed on only when unsealed.
 */
export async function describeStreams(input: StreamInput): Promise<StreamData> {
  refuseFittedOptions(input.config.preprocessing);
  const first = await input.open();
  if (input.seal === 'unsealed' && !first.test) throw dataNoTestPart();
  const batched = first.batched ?? (await looksBatched(first.train));
  const batch = (set: Dataset): Dataset =>
    batched ? set : (set.batch(input.config.batchSize) as Dataset);
  const hash = createHash('sha256');
  const train = await survey(batch(first.train), 'train', hash);
  const validation = await survey(batch(first.validation), 'validation', hash);
  const open = async (): ReturnType<StreamData['open']> => {
    const streams = await input.open();
    const test = input.seal === 'unsealed' && streams.test ? batch(streams.test) : null;
    return { train: batch(streams.train), validation: batch(streams.validation), test };
  };
  return {
    kind: 'streams',
    ...facts(train, validation, first.task),
    hash: hash.digest('hex'),
    open,
  };
}

function refuseFittedOptions(preprocessing: StudyConfig['preprocessing']): void {
  if (preprocessing.standardizeInputs) throw dataNotPreprocessable('standardizeInputs');
  if (preprocessing.scaleTargets) throw dataNotPreprocessable('scaleTargets');
}

async function looksBatched(set: Dataset): Promise<boolean> {
  const [element] = await (set.take(1) as Dataset).toArray();
  if (element === undefined) throw dataTooFewRows('The train dataset', 0, 2);
  const { xs, ys } = partsOf(element);
  // Rows that were not batched yet may still be plain arrays.
  return (
    isTensor(xs) && isTensor(ys) && ys.rank >= 1 && xs.rank >= 2 && xs.shape[0] === ys.shape[0]
  );
}

function facts(
  train: Survey,
  validation: Survey,
  task: Task | null,
): Omit<StreamData, 'kind' | 'hash' | 'open'> {
  const labels = task === 'regression' ? null : labelsOf(train, task);
  const shared = {
    inputShape: train.inputShape,
    rows: { train: train.rows, validation: validation.rows, test: 0 },
  };
  if (!labels) {
    requireVaryingTarget(train.targets, train.width);
    const { deviation } = fitScaling(train.targets, train.width);
    const targetVariance = deviation.reduce((sum, each) => sum + each ** 2, 0) / train.width;
    return {
      ...shared,
      task: 'regression',
      outputUnits: train.width,
      classShares: [],
      targetVariance,
    };
  }
  const outputUnits = train.width > 1 ? train.width : Math.max(...new Set(labels)) + 1;
  const counts = new Array<number>(outputUnits).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  if (counts.filter((count) => count > 0).length < 2) throw dataOneClass(String(labels[0]));
  return {
    ...shared,
    task: 'classification',
    outputUnits,
    classShares: counts.map((count) => count / labels.length),
    targetVariance: 0,
  };
}

/**
 * Class numbers of one-hot rows, or of whole numbers where the task says classification or few of
 * them repeat; else `null`.
 */
function labelsOf({ targets, width, rows }: Survey, task: Task | null): Float32Array | null {
  if (width === 1) {
    const classes = new Set(targets);
    const whole = [...classes].every((value) => Number.isInteger(value) && value >= 0);
    return whole &&
      (task !== null || (classes.size <= rows / 2 && Math.max(...classes) < classes.size))
      ? targets
      : null;
  }
  const labels = Float32Array.from({ length: rows }, (_, row) =>
    oneHotLabel(targets.subarray(row * width, (row + 1) * width)),
  );
  return labels.includes(-1) ? null : labels;
}

const oneHotLabel = (row: Float32Array): number =>
  row.every((value) => value === 0 || value === 1) &&
  row.reduce((sum, value) => sum + value, 0) === 1
    ? row.indexOf(1)
    : -1;
