import type { Dataset, LayersModel, Tensor, Tf } from '../tf.ts';
import type { FitArguments, FitCall } from './firstFit.ts';
import { NotLearned } from './notLearned.ts';

/** Tensors with a name each, in the order of the model's inputs or outputs. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Rows of a part: tensors of equally many rows. */
export interface FittedPart {
  readonly inputs: NamedTensors;
  readonly targets: NamedTensors;
}

/** What a model was fitted on. */
export interface FittedData {
  readonly train: FittedPart;
  /** `null`: none was given. */
  readonly validation: FittedPart | null;
  readonly batchSize: number;
}

/** Values that are kept of one part of a dataset. */
const MOST_VALUES = 250_000_000;

/** The rows a call was given; throws `NotLearned` where they cannot be told. */
export async function fittedData(call: FitCall, tf: Tf): Promise<FittedData> {
  const { model, given } = call;
  if (call.kind === 'tensors') {
    const train = partOf([call.x, call.y], model);
    const validation = await validationOf(given, model, tf);
    return { train, validation, batchSize: given.batchSize ?? 32 };
  }
  const { part, batchSize } = await gather(call.dataset, given.batchesPerEpoch, { model, tf });
  return { train: part, validation: await validationOf(given, model, tf), batchSize };
}

async function validationOf(
  { validationData, validationBatches }: FitArguments,
  model: LayersModel,
  tf: Tf,
): Promise<FittedPart | null> {
  if (validationData === undefined) return null;
  if (isDataset(validationData))
    return (await gather(validationData, validationBatches, { model, tf })).part;
  return partOf(validationData, model);
}

const isDataset = (value: unknown): value is Dataset =>
  typeof (value as Partial<Dataset>).forEachAsync === 'function';

const partOf = ([x, y]: readonly unknown[], model: LayersModel): FittedPart => ({
  inputs: named(x, model.inputNames),
  targets: named(y, model.outputNames),
});

function named(value: unknown, names: readonly string[]): NamedTensors {
  if (isTensor(value)) return { [names[0] ?? 'output']: value };
  if (Array.isArray(value))
    return Object.fromEntries(value.map((each: Tensor, at) => [names[at] ?? String(at), each]));
  if (typeof value === 'object' && value !== null) return value as NamedTensors;
  throw new NotLearned('fit was given something that is neither a tensor nor several of them.');
}

const isTensor = (value: unknown): value is Tensor =>
  Array.isArray((value as Partial<Tensor> | null)?.shape);

/** The batches of one epoch, joined. */
async function gather(
  dataset: Dataset,
  batches: number | undefined,
  { model, tf }: { readonly model: LayersModel; readonly tf: Tf },
): Promise<{ readonly part: FittedPart; readonly batchSize: number }> {
  const parts: FittedPart[] = [];
  let values = 0;
  const iterator = await dataset.iterator();
  while (parts.length < (batches ?? Infinity)) {
    const { value, done } = await iterator.next();
    if (done) break;
    const { xs, ys } = value as { readonly xs: unknown; readonly ys: unknown };
    const part = partOf([xs, ys], model);
    parts.push(part);
    values += Object.values(part.inputs).reduce((sum, { size }) => sum + size, 0);
    if (values > MOST_VALUES)
      throw new NotLearned(
        `fitDataset was given more than ${MOST_VALUES / 1e6} million values, or a dataset ` +
          'without an end: say batchesPerEpoch.',
      );
  }
  const [first] = parts;
  if (!first) throw new NotLearned('fitDataset was given a dataset without a batch.');
  const joined = (side: keyof FittedPart): NamedTensors =>
    Object.fromEntries(
      Object.keys(first[side]).map((name) => [
        name,
        tf.concat(parts.flatMap((part) => part[side][name] ?? [])),
      ]),
    );
  const part = { inputs: joined('inputs'), targets: joined('targets') };
  return { part, batchSize: rowsOf(first) };
}

/** Rows of a part. */
export const rowsOf = ({ inputs }: FittedPart): number => Object.values(inputs)[0]?.shape[0] ?? 0;
