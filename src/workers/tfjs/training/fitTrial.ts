import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GrowingCurves } from '../../../record/trial.ts';
import { describeStop, hasFallenBehind, type CurveBound } from '../../../judge/fallenBehind.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { StudyData } from '../data/types.ts';
import type { Tf } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';
import { createEvaluator, type Evaluator, type Metrics } from './evaluator.ts';
import type { PreparedModel } from './prepareModel.ts';
import { STUDY_LOSS } from './studyMetrics.ts';
import type { EvaluationPart, TrialData } from './trainingData.ts';

/** Everything one run of `fit` takes. */
export interface FitInput {
  readonly tf: Tf;
  readonly prepared: PreparedModel;
  readonly data: StudyData;
  readonly trialData: TrialData;
  readonly config: Pick<StudyConfig, 'epochs' | 'batchSize'>;
  readonly signal: AbortSignal;
  /** Where the run is given up. */
  readonly bound?: CurveBound | undefined;
  readonly onEpoch: (epoch: number, logs: Readonly<Record<string, number | null>>) => void;
  /** Filled epoch by epoch, so that what was reached is known however it ends. */
  readonly curves: GrowingCurves;
  /** Throws a `refused` fault where something that measures was replaced. */
  readonly check: () => void;
}

type Logs = Readonly<Record<string, unknown>>;

const YIELD_EVERY_MS = 40;
const CHECK_EVERY_MS = 1_000;

/**
 * Trains for the study's epochs. `loss` and `val_loss` in the logs are always the study's own
 * measure (see `createEvaluator`):
 * `loss` over the batches of the epoch while they trained, `val_loss` on the validation part at its
 * end. Where `fit` minimises something else (another loss, weight penalties), that stands beside
 * them as `fit_loss`. Throws a fault when a loss stops being a number, or when cancelled.
 */
export async function fitTrial(input: FitInput): Promise<void> {
  const { prepared, trialData, config } = input;
  const watch = watcher(input);
  const options = { epochs: config.epochs, verbose: 0 as const, callbacks: watch.callback };
  if (trialData.kind === 'arrays') {
    await prepared.model.fit(trialData.inputs, trialData.targets(prepared.form), {
      ...options,
      batchSize: config.batchSize,
      shuffle: true,
    });
  } else {
    await prepared.model.fitDataset(trialData.train(prepared.form), options);
  }
  const fault = watch.fault();
  if (fault) throw fault;
}

/**
 * The study's metrics on a part. Between the model's last word and the measuring nothing of a
 * variant runs, so what it replaced until then is seen.
 */
export async function evaluate(
  { prepared, data, trialData, check }: Pick<FitInput, 'prepared' | 'data' | 'trialData' | 'check'>,
  part: EvaluationPart,
): Promise<Metrics> {
  const evaluator = createEvaluator(data.task, data.outputUnits, prepared.reading);
  const add: Evaluator['add'] = (predictions, targets) => {
    check();
    evaluator.add(plainNumbers(predictions), targets);
  };
  await trialData.evaluate(prepared.model, part, { ...evaluator, add });
  return evaluator.result();
}

/** A copy in which everything is a number, and stays the one it is. */
function plainNumbers(values: ArrayLike<number>): Float32Array {
  const plain = new Float32Array(values.length);
  for (let index = 0; index < plain.length; index += 1) plain[index] = values[index] ?? NaN;
  return plain;
}

function watcher(input: FitInput): {
  readonly callback: InstanceType<Tf['Callback']>;
  readonly fault: () => VariantFault | null;
} {
  const { tf, prepared, signal } = input;
  let fault: VariantFault | null = null;
  const last = { turn: performance.now(), check: performance.now() };
  const stop = (reason: VariantFault): void => {
    fault ??= reason;
    prepared.model.stopTraining = true;
  };
  const onBatchEnd = async (_batch: number, logs: Logs = {}): Promise<void> => {
    const now = performance.now();
    if (now - last.check > CHECK_EVERY_MS) {
      last.check = now;
      if (!Number.isFinite(numberOf(logs['loss']))) stop(notANumber('loss', 'within an epoch'));
    }
    if (now - last.turn > YIELD_EVERY_MS) {
      await nextTurn();
      last.turn = performance.now();
    }
    if (signal.aborted) stop(new VariantFault('cancelled', 'Cancelled.'));
  };
  const onEpochEnd = async (epoch: number, logs: Logs = {}): Promise<void> => {
    if (fault) return;
    const values = await epochLogs(input, logs);
    record(input, epoch + 1, values);
    const broken = Object.keys(values).find((key) => !Number.isFinite(values[key]));
    if (broken) stop(notANumber(broken, `in epoch ${epoch + 1} of ${input.config.epochs}`));
    const curve = input.curves[input.bound?.metric ?? ''] ?? [];
    if (input.bound && hasFallenBehind(input.bound, curve))
      stop(new VariantFault('stopped', describeStop(input.bound, curve)));
    await nextTurn();
    if (signal.aborted) stop(new VariantFault('cancelled', 'Cancelled.'));
  };
  return { callback: callbackOf(tf, { onBatchEnd, onEpochEnd }), fault: () => fault };
}

/**
 * A callback object of tfjs's own class: a plain one would make `fit` wait for every batch's loss.
 */
function callbackOf(
  tf: Tf,
  handlers: {
    onBatchEnd: (batch: number, logs?: Logs) => Promise<void>;
    onEpochEnd: (epoch: number, logs?: Logs) => Promise<void>;
  },
): InstanceType<Tf['Callback']> {
  class Watch extends tf.Callback {
    override onBatchEnd = handlers.onBatchEnd;
    override onEpochEnd = handlers.onEpochEnd;
  }
  return new Watch();
}

async function epochLogs(input: FitInput, logs: Logs): Promise<Record<string, number>> {
  const { data, prepared } = input;
  const training = Object.fromEntries(
    Object.entries(logs).map(([key, value]) => [key, numberOf(value)]),
  );
  const { loss: fitLoss, [STUDY_LOSS]: loss = NaN, ...others } = training;
  const r2 =
    data.task === 'regression'
      ? { r2: data.targetVariance > 0 ? 1 - loss / data.targetVariance : 0 }
      : {};
  const validation = await evaluate(input, 'validation');
  return {
    loss,
    ...others,
    ...r2,
    ...(prepared.ownObjective ? { fit_loss: fitLoss ?? NaN } : {}),
    ...Object.fromEntries(Object.entries(validation).map(([key, value]) => [`val_${key}`, value])),
  };
}

function record(
  { curves, onEpoch }: FitInput,
  epoch: number,
  values: Readonly<Record<string, number>>,
): void {
  const logs = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Number.isFinite(value) ? value : null]),
  );
  for (const [key, value] of Object.entries(logs)) (curves[key] ??= []).push(value);
  onEpoch(epoch, logs);
}

const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && 'dataSync' in value
    ? ((value as { dataSync(): ArrayLike<number> }).dataSync()[0] ?? NaN)
    : NaN;
};

const notANumber = (key: string, when: string): VariantFault =>
  new VariantFault('not-a-number', `${key} stopped being a finite number ${when}.`);
