import { watcher } from './epochWatcher.ts';
import type { FitInput } from './evaluateModel.ts';

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
