import { pairOf } from '../data/streamBatch.ts';
import type { StudyData } from '../data/types.ts';
import { labelledRows } from '../training/targetTensors.ts';
import type { EvaluationPart } from '../training/trainingData.ts';
import type { Dataset } from '../tf.ts';
import { toBytes, type Arrays } from './tensorsAsBytes.ts';

/** A batch of a part that is measured: its inputs may be handed out, its targets stay here. */
interface MeasuredBatch {
  readonly inputs: Arrays;
  readonly targets: ArrayLike<number>;
}

/** Batches of the user's own pipelines, for a model in another process. */
export interface StreamedRows {
  /** The next batch; none: the epoch is over. */
  training(isFirst: boolean): Promise<Arrays>;
  part(part: EvaluationPart): AsyncIterable<MeasuredBatch>;
}

type BatchIterator = Awaited<ReturnType<Dataset['iterator']>>;

const NO_ROWS: Arrays = { arrays: [], bytes: new Uint8Array() };

/** Opens the pipelines anew, so that they start alike for every trial. */
export async function openStreamedRows(data: StudyData): Promise<StreamedRows> {
  if (data.kind !== 'streams') throw new Error('The data are not streamed.');
  const parts = await data.open();
  let epoch: BatchIterator | null = null;
  return {
    async training(isFirst) {
      if (isFirst || !epoch) epoch = await parts.train.iterator();
      const { value, done } = await epoch.next();
      if (done) return NO_ROWS;
      const { xs, ys } = pairOf(value);
      const arrays = await toBytes([...xs, ...ys]);
      for (const tensor of [...xs, ...ys]) tensor.dispose();
      return arrays;
    },
    async *part(part) {
      const set = parts[part];
      if (!set) throw new Error(`The ${part} part is sealed.`);
      const iterator = await set.iterator();
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        const { xs, ys } = pairOf(next.value);
        yield { inputs: await toBytes(xs), targets: labelledRows(data.outputs, ys) };
        for (const tensor of [...xs, ...ys]) tensor.dispose();
      }
    },
  };
}
