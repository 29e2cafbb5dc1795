import type { Disposable } from 'vscode';
import { Disposables } from '../disposables.ts';
import { chooseAttempt } from '../attempt/chooseAttempt.ts';
import type { AttemptReference, ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { announceAttempt } from './announceAttempt.ts';

/** "Train" the file as it is, and "Retrain" an earlier attempt; both are kept as attempts. */
export function createTrainCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.train', (model) => train(host, model)),
    host.commands.register('cortex.retrain', (attempt) => retrain(host, attempt)),
  );
  return disposables;
}

async function train(host: Host, model: ModelReference | undefined): Promise<void> {
  const study = await prepareModel(host, model);
  if (!study) return;
  const attempt = await host.runs.start({ study, name: 'Train', automatic: true }, async (signal) =>
    (await host.engine.get()).train(study, { retrain: null, signal }),
  );
  announceAttempt(host, study, attempt);
}

async function retrain(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Retrain');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const again = await host.runs.start({ study, name: 'Retrain', automatic: true }, async (signal) =>
    (await host.engine.get()).train(study, { retrain: attempt.id, signal }),
  );
  announceAttempt(host, study, again);
}
