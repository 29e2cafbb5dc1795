import type { TrainingLog } from './trainingLog.ts';

/**
 * One run from two logs: that of the training part and that of the validation part, as
 * TensorBoard's callback writes them; epoch by epoch.
 */
export function pairedRuns(train: TrainingLog, validation: TrainingLog): TrainingLog {
  const epochs = [...new Set([...train.epochs, ...validation.epochs])].sort((a, b) => a - b);
  const parts = [...seriesAt(train, epochs, ''), ...seriesAt(validation, epochs, 'val_')];
  return { ...train, epochs, series: Object.fromEntries(parts), lines: epochs.map(() => 1) };
}

function seriesAt(
  log: TrainingLog,
  epochs: readonly number[],
  prefix: string,
): [string, (number | null)[]][] {
  const places = new Map(log.epochs.map((epoch, i) => [epoch, i]));
  const at = (values: readonly (number | null)[], epoch: number): number | null =>
    values[places.get(epoch) ?? -1] ?? null;
  return Object.entries(log.series).map(([name, values]) => [
    name.startsWith(prefix) ? name : prefix + name,
    epochs.map((epoch) => at(values, epoch)),
  ]);
}
