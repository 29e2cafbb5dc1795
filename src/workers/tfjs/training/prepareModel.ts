import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { StudyData } from '../data/types.ts';
import type { LayersModel, Tf } from '../tf.ts';
import { readingOf, type Reading } from './evaluator.ts';
import { studyMetrics } from './studyMetrics.ts';
import type { TrialData } from './trainingData.ts';
import type { TargetForm } from './targetTensors.ts';

/** A model compiled for the study, and how to feed and read it. */
export interface PreparedModel {
  readonly model: LayersModel;
  readonly form: TargetForm;
  readonly reading: Reading;
  /** `fit` minimises something else than the study's loss: another loss, or penalties on top. */
  readonly ownObjective: boolean;
}

interface PrepareInput {
  readonly tf: Tf;
  readonly data: StudyData;
  readonly trialData: TrialData;
  readonly config: Pick<StudyConfig, 'preprocessing'>;
}

const DEFAULT_LEARNING_RATE = 1e-3;

/**
 * Compiles the model where the builder did not (Adam 1e-3 and the study's loss), and again where it
 * did, with the builder's own optimiser and loss but the study's metrics. A loss known by name gets
 * the targets in the form it needs.
 */
export async function prepareModel(
  model: LayersModel,
  { tf, data, trialData, config }: PrepareInput,
): Promise<PreparedModel> {
  const reading = await readingFor(model, trialData, data);
  const isOne = reading === 'one-unit';
  const configured: TargetForm = config.preprocessing.oneHot && !isOne ? 'one-hot' : 'class-number';
  const studyLoss = isOne ? 'binaryCrossentropy' : lossFor(data.task, configured);
  const own = isCompiled(model)
    ? { optimizer: model.optimizer, loss: model.loss }
    : { optimizer: tf.train.adam(DEFAULT_LEARNING_RATE), loss: studyLoss };
  const loss = nameOf(own.loss);
  const penalised =
    (model as unknown as { calculateLosses(): unknown[] }).calculateLosses().length > 0;
  model.compile({
    ...own,
    metrics: studyMetrics(tf, { task: data.task, units: data.outputUnits, reading }),
  });
  return {
    model,
    reading,
    form: isOne ? 'class-number' : formFor(loss, configured),
    ownObjective: penalised || (isOne ? loss !== studyLoss : !sameMeasure(loss, data.task)),
  };
}

/** `optimizer` is missing until `compile` was called, whatever the type says. */
const isCompiled = (model: LayersModel): boolean =>
  (model.optimizer as unknown) !== undefined && (model.optimizer as unknown) !== null;

async function readingFor(
  model: LayersModel,
  trialData: TrialData,
  { task, outputUnits }: StudyData,
): Promise<Reading> {
  if (task === 'regression') return 'probabilities';
  const width = model.outputs[0]?.shape.at(-1);
  if (outputUnits === 2 && width === 1) return 'one-unit';
  return readOutputs(model, trialData, outputUnits);
}

async function readOutputs(
  model: LayersModel,
  trialData: TrialData,
  units: number,
): Promise<Reading> {
  const sample = await trialData.sample();
  const output = model.predict(sample);
  const first = Array.isArray(output) ? output[0] : output;
  const values = first ? await first.data() : [];
  first?.dispose();
  sample.dispose();
  return readingOf(values, units);
}

function lossFor(task: StudyData['task'], form: TargetForm): string {
  if (task === 'regression') return 'meanSquaredError';
  return form === 'one-hot' ? 'categoricalCrossentropy' : 'sparseCategoricalCrossentropy';
}

const nameOf = (loss: unknown): string | null => {
  const [first] = Array.isArray(loss) ? (loss as unknown[]) : [loss];
  return typeof first === 'string' ? first : null;
};

function formFor(loss: string | null, configured: TargetForm): TargetForm {
  if (loss === 'sparseCategoricalCrossentropy') return 'class-number';
  return loss === null ? configured : 'one-hot';
}

const sameMeasure = (loss: string | null, task: StudyData['task']): boolean =>
  task === 'regression'
    ? loss === 'meanSquaredError' || loss === 'mse'
    : loss === 'categoricalCrossentropy' || loss === 'sparseCategoricalCrossentropy';
