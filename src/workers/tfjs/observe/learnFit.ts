import type { LayersModel, Tf } from '../tf.ts';
import type { FitArguments, FitCall } from './firstFit.ts';
import { fittedData, rowsOf, type FittedData } from './fittedData.ts';
import { keepData, type Place } from './keepData.ts';
import { NotLearned } from './notLearned.ts';

/** What a script's call of `fit` tells: data, settings, loss, callbacks. */
export async function learnFit(call: FitCall, tf: Tf, place: Place): Promise<object> {
  const { model, given } = call;
  const data = await fittedData(call, tf);
  const loss = lossOf(model);
  const units = model.outputs[0]?.shape.at(-1) ?? 1;
  const task = taskOf(loss, units);
  const several = model.outputs.length > 1;
  const said = {
    ...(!several && { task }),
    ...(given.classWeight && { classWeights: given.classWeight }),
  };
  return {
    kind: 'observed',
    covered: true,
    data: await keepData(data, said, place),
    epochs: given.epochs ?? 1,
    batchSize: data.batchSize,
    validation: given.validationSplit ?? null,
    rows: countsOf(data),
    inputShape: (model.inputs[0]?.shape ?? []).slice(1).map((size) => size ?? 0),
    outputUnits: units,
    task,
    loss,
    optimizer: optimizerOf(model),
    parameters: model.countParams(),
    kept: [],
    leftOut: callbacksOf(given),
    notes: [],
  };
}

const countsOf = ({ train, validation }: FittedData): Record<string, number> =>
  validation ? { train: rowsOf(train), validation: rowsOf(validation) } : { whole: rowsOf(train) };

/** The name of the loss of the first output. */
function lossOf({ loss }: LayersModel): string {
  const first: unknown = typeof loss === 'object' ? Object.values(loss)[0] : loss;
  if (typeof first === 'string') return first;
  if (typeof first === 'function') return first.name === '' ? 'a loss of its own' : first.name;
  throw new NotLearned('The model was fitted before it was compiled.');
}

/** One sigmoid unit tells two classes apart; several are labels that may stand together. */
function taskOf(loss: string, units: number): 'classification' | 'regression' | 'multi-label' {
  if (!/crossentropy/i.test(loss)) return 'regression';
  return /binary|sigmoid/i.test(loss) && units > 1 ? 'multi-label' : 'classification';
}

function optimizerOf({ optimizer }: LayersModel): string | null {
  const { learningRate } = optimizer as { readonly learningRate?: number };
  const rate = learningRate === undefined ? '' : ` ${Number(learningRate.toPrecision(6))}`;
  return `${optimizer.getClassName()}${rate}`;
}

/** Callbacks are left out: by class, or by what they listen to. */
function callbacksOf({ callbacks }: FitArguments): readonly string[] {
  const all: unknown[] = Array.isArray(callbacks) ? callbacks : [callbacks];
  return all.flatMap((each) => {
    if (typeof each !== 'object' || each === null) return [];
    const name = each.constructor.name;
    return name === 'Object' ? Object.keys(each) : [name];
  });
}
