import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeStop, hasFallenBehind } from '../../../judge/fallenBehind.ts';
import type { Tf } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';
import { evaluate } from './evaluateModel.ts';
import type { FitInput } from './evaluateModel.ts';
import { STUDY_LOSS } from './studyMetrics.ts';

type Logs = Readonly<Record<string, unknown>>;

const YIELD_EVERY_MS = 40;

const CHECK_EVERY_MS = 1_000;

/** Watches a `fit`: logs each epoch, and stops it with a fault where it has to end. */
export function watcher(input: FitInput): {
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
