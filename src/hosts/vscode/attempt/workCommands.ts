import type { Disposable } from 'vscode';
import { currentBest, baselineOf } from '../../../study/lineage.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference, ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { announceAttempt } from '../run/announceAttempt.ts';
import { searchSeed } from '../run/searchSeed.ts';
import { chooseAttempt } from './chooseAttempt.ts';
import { readStudy } from './readStudy.ts';
import { objectivesOf } from '../../../record/objectives.ts';

/** From history to work: branches, working trees, pull requests, files for others. */
export function createWorkCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.proposeFrom', (attempt) => proposeFrom(host, attempt)),
    host.commands.register('cortex.checkOutAttempt', async (attempt) =>
      (await host.beginning()).checkOut(host, attempt),
    ),
    host.commands.register('cortex.branchFromAttempt', async (attempt) =>
      (await host.beginning()).branchFrom(host, attempt),
    ),
    host.commands.register('cortex.promote', async (attempt) =>
      (await host.beginning()).promote(host, attempt),
    ),
    host.commands.register('cortex.restoreBaseline', (model) => restoreBaseline(host, model)),
    host.commands.register('cortex.exportHistory', async (model) =>
      (await host.beginning()).exportHistory(host, model),
    ),
  );
  return disposables;
}

async function proposeFrom(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Propose from Here');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const report = await host.runs.start(
    { study, name: 'Improve Architecture', automatic: false },
    async (signal) =>
      (await host.engine.get()).improve(study, {
        rounds: 1,
        wish: null,
        from: attempt.id,
        baselineCheck: 'skip',
        seed: searchSeed(),
        signal,
      }),
  );
  const made = report.attempts.at(-1);
  if (made) announceAttempt(study, made);
}

async function restoreBaseline(host: Host, reference: ModelReference | undefined): Promise<void> {
  const entry = await readStudy(host, reference);
  if (!entry) return;
  const { study, attempts } = entry;
  const latest = currentBest(attempts, objectivesOf(study.config)) ?? attempts.at(-1);
  if (!latest) throw noAttemptError();
  await runCommand('cortex.applyAttempt', {
    modelPath: study.modelPath,
    attemptId: baselineOf(latest, attempts).id,
  });
}
