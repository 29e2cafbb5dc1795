import { window, type Disposable } from 'vscode';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { Disposables } from '../disposables.ts';
import { attemptLabel } from '../attempt/attemptLabels.ts';
import { chooseAttempt } from '../attempt/chooseAttempt.ts';
import type { AttemptReference, ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { announceAttempt } from './announceAttempt.ts';

/**
 * "Train" the file as it is, and "Retrain with More Seeds" an earlier attempt; both are kept as
 * attempts.
 */
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
  announceAttempt(study, attempt);
}

async function retrain(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Retrain with More Seeds');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const seeds = await askSeeds(attempt);
  if (seeds === undefined) return;
  const again = await host.runs.start({ study, name: 'Retrain', automatic: true }, async (signal) =>
    (await host.engine.get()).train(study, { retrain: attempt.id, seeds, signal }),
  );
  announceAttempt(study, again);
}

/** How many there are to be in all; `undefined` where the user thinks better of it. */
async function askSeeds(attempt: AttemptSummary): Promise<number | undefined> {
  const now = attempt.metric?.values.length ?? 0;
  const answer = await window.showInputBox({
    title: `Cortex: Retrain ${attemptLabel(attempt, 40)}`,
    prompt: now === 0 ? 'How many seeds?' : `How many seeds in all? It has ${now} now.`,
    value: String(now + 2),
    validateInput: (text) =>
      /^\d{1,3}$/.test(text.trim()) && Number(text) > now ? null : `A number above ${now}.`,
  });
  return answer === undefined ? undefined : Number(answer);
}
