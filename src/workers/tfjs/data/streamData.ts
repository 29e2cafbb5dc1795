import { createHash } from 'node:crypto';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { Dataset, Tf } from '../tf.ts';
import { dataNoTestPart, dataNotPreprocessable, dataTooFewRows } from './errors.ts';
import { factsOf, requireLearnable } from './facts.ts';
import { isBatch } from './streamBatch.ts';
import { survey, type Survey } from './streamSurvey.ts';
import { readTargets, type SaidOfTargets } from './targets.ts';
import type { StreamData } from './types.ts';
import type { Seal } from './arrayData.ts';

/** Ready-made `tf.data` splits as `loadData` returned them. */
export interface Streams {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset | null;
  readonly said: SaidOfTargets;
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
    ...facts(train, validation, first.said),
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
  // Rows that were not batched yet may still be plain arrays.
  return isBatch(element);
}

function facts(
  train: Survey,
  validation: Survey,
  said: SaidOfTargets,
): Omit<StreamData, 'kind' | 'hash' | 'open'> {
  // Class numbers are taken as they are: the batches that are trained on hold the same.
  const targets = readTargets(asGiven(train), { ...said, classes: said.classes ?? 0 });
  requireLearnable(targets.values, targets.outputs);
  return {
    inputs: train.inputs,
    outputs: factsOf(targets.values, targets.outputs),
    rows: { train: train.rows, validation: validation.rows, test: 0 },
  };
}

/** The targets as `loadData` gives those of arrays: of several outputs by name or in order. */
function asGiven({ targets, names }: Survey): unknown {
  const tables = targets.map(({ values, rows, shape }) => ({ values, shape: [rows, ...shape] }));
  if (tables.length === 1) return tables[0];
  return names.every((name) => name !== null)
    ? Object.fromEntries(tables.map((table, index) => [names[index], table]))
    : tables;
}
