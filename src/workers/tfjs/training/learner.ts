import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { Hold } from '../../../record/training.ts';
import type { Measures } from '../../../record/trial.ts';
import type { RegisteredClasses } from '../blueprint/knownParts.ts';
import type { Tensor, Tf } from '../tf.ts';
import { handedOver, type HandedOver } from '../trained/handedOver.ts';
import { heldTo } from '../trained/holdWeights.ts';
import { latencies } from '../trained/latencies.ts';
import type { StudyEvaluator } from './studyEvaluator.ts';
import { weighRows } from './weighRows.ts';
import type { PreparedModel } from './prepareModel.ts';
import type { EvaluationPart, TrialData } from './trainingData.ts';

/** What `fit` tells of a batch or an epoch: numbers, or tensors of one. */
export type FitLogs = Readonly<Record<string, unknown>>;

/** Looks on while a model trains; says `true` where it is to stop. */
export interface Watch {
  batchEnded(logs: FitLogs): boolean;
  /** Epochs from 1. */
  epochEnded(epoch: number, logs: FitLogs): Promise<boolean>;
}

/** A model that can be trained and asked, wherever it is. */
export interface Learner {
  readonly parameters: number;
  readonly prepared: Omit<PreparedModel, 'model'>;
  /** What it has learned, as data. */
  trained(): Promise<HandedOver>;
  fit(watch: Watch): Promise<void>;
  /** Adds the model's outputs for a part to the evaluator. */
  evaluate(part: EvaluationPart, evaluator: Pick<StudyEvaluator, 'add'>): Promise<void>;
  /** How fast it answers a few training rows, within about `mostMs` for each batch size. */
  times(mostMs: number): Promise<Measures>;
  /** Nothing more is asked of it. */
  close(): void;
}

/** One that is here can be asked anything. */
export interface LocalLearner extends Learner {
  /** In the order of the data's inputs and outputs. */
  predict(inputs: readonly Tensor[]): readonly Tensor[];
}

interface Local {
  readonly tf: Tf;
  readonly prepared: PreparedModel;
  readonly trialData: TrialData;
  /** The classes that TensorFlow.js brings along. */
  readonly known: RegisteredClasses;
  readonly config: Pick<StudyConfig, 'epochs' | 'batchSize'>;
  /** What its weights are held to; absent: nothing. */
  readonly hold?: Hold | undefined;
}

/** A model of this process. */
export const localLearner = (local: Local): LocalLearner => ({
  parameters: local.prepared.model.countParams(),
  prepared: local.prepared,
  trained: () => handedOver(local.prepared.model, local.known),
  fit: (watch) => fitHere(local, watch),
  close: () => undefined,
  times: async (mostMs) => {
    const { prepared, trialData, tf } = local;
    const sample = await trialData.fewInputs(prepared.model);
    return latencies(tf, prepared.model, { sample, mostMs });
  },
  predict: (inputs) => local.trialData.predict(local.prepared.model, inputs),
  evaluate: (part, evaluator) => local.trialData.evaluate(local.prepared.model, part, evaluator),
});

async function fitHere(local: Local, watch: Watch): Promise<void> {
  const { prepared, trialData, config } = local;
  const callbacks = callbackOf(local, watch);
  const options = { epochs: config.epochs, verbose: 0 as const, callbacks };
  const { model, forms } = prepared;
  if (trialData.kind === 'arrays') {
    if (trialData.weights) weighRows(model, trialData.weights);
    await model.fit(trialData.inputs(model), trialData.targets(model, forms), {
      ...options,
      batchSize: config.batchSize,
      shuffle: true,
    });
  } else {
    await model.fitDataset(trialData.train(model, forms), options);
  }
}

const YIELD_EVERY_MS = 40;

/**
 * A callback object of tfjs's own class: a plain one would make `fit` wait for every batch's loss.
 */
function callbackOf(local: Local, watch: Watch): InstanceType<Tf['Callback']> {
  const { tf, prepared, hold, config } = local;
  const { model } = prepared;
  const held = hold && heldTo(hold, { tf, model, epochs: config.epochs });
  let lastTurn = performance.now();
  const stopIf = (isOver: boolean): void => {
    if (isOver) model.stopTraining = true;
  };
  class Watching extends tf.Callback {
    override onEpochBegin = async (epoch: number): Promise<void> => held?.epochBegins(epoch);
    override onBatchEnd = async (_batch: number, logs: FitLogs = {}): Promise<void> => {
      held?.stepEnded();
      if (performance.now() - lastTurn > YIELD_EVERY_MS) {
        await nextTurn();
        lastTurn = performance.now();
      }
      stopIf(watch.batchEnded(logs));
    };
    override onEpochEnd = async (epoch: number, logs: FitLogs = {}): Promise<void> => {
      stopIf(await watch.epochEnded(epoch + 1, logs));
    };
  }
  return new Watching();
}
