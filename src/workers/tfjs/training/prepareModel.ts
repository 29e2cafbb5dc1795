import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { OutputFacts, StudyData } from '../data/types.ts';
import type { LayersModel, Tensor, Tf } from '../tf.ts';
import { batchMetrics } from './batchMetrics.ts';
import { readingOf, type Reading } from './evaluator.ts';
import { orderOf } from './order.ts';
import { defaultLoss, formFor, sameMeasure, type AskedLoss } from './outputLoss.ts';
import type { ReadOutput } from './readOutput.ts';
import type { TrialData } from './trainingData.ts';
import type { TargetForm } from './targetTensors.ts';

/** A model compiled for the study, and how to feed and read it. */
export interface PreparedModel {
  readonly model: LayersModel;
  /** In the order of the data's outputs. */
  readonly forms: readonly TargetForm[];
  readonly outputs: readonly ReadOutput[];
  /** What the model calls each output. */
  readonly names: readonly string[];
  /** `fit` minimises something else than the study's loss: another loss, or penalties on top. */
  readonly ownObjective: boolean;
}

interface PrepareInput {
  readonly tf: Tf;
  readonly data: StudyData;
  readonly trialData: TrialData;
  readonly config: Pick<StudyConfig, 'preprocessing'>;
}

type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

const DEFAULT_LEARNING_RATE = 1e-3;

/**
 * Compiles the model where the builder did not (Adam 1e-3 and the study's loss of each output), and
 * again where it did, with the builder's own optimiser and losses but the study's metrics. A loss
 * known by name gets the targets in the form it needs.
 */
export async function prepareModel(
  model: LayersModel,
  { tf, data, trialData, config }: PrepareInput,
): Promise<PreparedModel> {
  const outputs = await readOutputs(model, trialData, data);
  const order = orderOf(data.outputs, model.outputNames);
  const { oneHot } = config.preprocessing;
  const asked = outputs.map(({ output, reading }): AskedLoss => ({
    task: output.task,
    reading,
    oneHot,
  }));
  const losses = isCompiled(model)
    ? lossesOf(model, order)
    : asked.map((each) => defaultLoss(each));
  model.compile({
    optimizer: isCompiled(model) ? model.optimizer : tf.train.adam(DEFAULT_LEARNING_RATE),
    loss: isCompiled(model) ? model.loss : one(order.map((index) => losses[index] ?? '')),
    metrics: metricsFor(tf, model, { outputs, order }) as NonNullable<
      Parameters<LayersModel['compile']>[0]['metrics']
    >,
  });
  const penalised =
    (model as unknown as { calculateLosses(): unknown[] }).calculateLosses().length > 0;
  return {
    model,
    outputs,
    names: order.map((_, index) => model.outputNames[order.indexOf(index)] ?? ''),
    forms: asked.map((each, index) => formFor(losses[index] ?? null, each)),
    ownObjective:
      penalised || asked.some((each, index) => !sameMeasure(losses[index] ?? null, each)),
  };
}

/** `optimizer` is missing until `compile` was called, whatever the type says. */
const isCompiled = (model: LayersModel): boolean =>
  (model.optimizer as unknown) !== undefined && (model.optimizer as unknown) !== null;

/** The model's losses in the order of the data's outputs; a function has no name. */
function lossesOf(model: LayersModel, order: readonly number[]): readonly (string | null)[] {
  const { loss } = model as { loss: unknown };
  const all = model.outputNames.map((name, place): unknown => {
    if (Array.isArray(loss)) return loss[place] as unknown;
    return typeof loss === 'object' && loss !== null ? Reflect.get(loss, name) : loss;
  });
  return order.map((_, index) => {
    const own = all[order.indexOf(index)];
    return typeof own === 'string' ? own : null;
  });
}

/** One function list for a model with one output, one by name for several. */
function metricsFor(
  tf: Tf,
  model: LayersModel,
  {
    outputs,
    order,
  }: { readonly outputs: readonly ReadOutput[]; readonly order: readonly number[] },
): LossFunction[] | Record<string, LossFunction[]> {
  const [first, ...others] = outputs;
  if (first && others.length === 0) return batchMetrics(tf, first);
  return Object.fromEntries(
    model.outputNames.map((name, place) => {
      const read = outputs[order[place] ?? place];
      return [name, read ? batchMetrics(tf, read) : []];
    }),
  );
}

const one = <T>(all: T[]): T | T[] => (all.length === 1 && all[0] !== undefined ? all[0] : all);

async function readOutputs(
  model: LayersModel,
  trialData: TrialData,
  data: StudyData,
): Promise<readonly ReadOutput[]> {
  const said = data.outputs.some(({ task }) => task !== 'regression')
    ? await trialData.sample(model)
    : [];
  const order = orderOf(data.outputs, model.outputNames);
  return data.outputs.map((output, index) => {
    const shape = model.outputs[order.indexOf(index)]?.shape;
    return { output, reading: readingFor(output, said[index] ?? [], shape?.at(-1) ?? null) };
  });
}

function readingFor(
  { task, units }: OutputFacts,
  said: ArrayLike<number>,
  last: number | null,
): Reading {
  if (task === 'regression') return 'probabilities';
  const isProbability = Array.from(said).every((value) => value >= 0 && value <= 1);
  if (task === 'multi-label') return isProbability ? 'probabilities' : 'logits';
  if (units === 2 && last === 1) return isProbability ? 'one-unit' : 'one-unit-logits';
  return readingOf(said, units);
}
