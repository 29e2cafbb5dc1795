import { commands, Uri, window, type Disposable } from 'vscode';
import { shortCommit } from '../../../record/format.ts';
import { currentBest, baselineOf } from '../../../study/lineage.ts';
import { promotionBranch } from '../../../study/promotion.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference, ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { announceAttempt } from '../run/announceAttempt.ts';
import { searchSeed } from '../run/searchSeed.ts';
import { attemptLabel } from './attemptLabels.ts';
import { chooseAttempt } from './chooseAttempt.ts';
import { exportHistory } from './exportHistory.ts';
import { readStudy } from './readStudy.ts';
import { objectivesOf } from '../../../record/objectives.ts';
import { inform } from '../messages.ts';

/** From history to work: branches, working trees, pull requests, files for others. */
export function createWorkCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.proposeFrom', (attempt) => proposeFrom(host, attempt)),
    host.commands.register('cortex.checkOutAttempt', (attempt) => checkOut(host, attempt)),
    host.commands.register('cortex.branchFromAttempt', (attempt) => branch(host, attempt)),
    host.commands.register('cortex.promote', (attempt) => promote(host, attempt)),
    host.commands.register('cortex.restoreBaseline', (model) => restoreBaseline(host, model)),
    host.commands.register('cortex.exportHistory', (model) => exportHistory(host, model)),
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

async function checkOut(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Check Out in a New Worktree');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const place = await window.showSaveDialog({
    title: 'New folder for the working tree',
    saveLabel: 'Check Out Here',
    defaultUri: Uri.file(`${study.folder}-${attempt.number}`),
  });
  if (!place) return;
  await (await host.engine.get()).checkOut(study, attempt.id, place.fsPath);
  const open = () => commands.executeCommand('vscode.openFolder', place, { forceNewWindow: true });
  inform(
    `${attemptLabel(attempt)} stands in ${place.fsPath}. Your own working tree is as it was.`,
    { label: 'Open in New Window', take: open },
  );
}

async function branch(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Create a Branch');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const name = await window.showInputBox({
    title: `Cortex: New Branch at ${attemptLabel(attempt)}`,
    prompt: 'Your HEAD stays where it is.',
    value: `try/${study.name}-${attempt.number}`,
  });
  if (!name) return;
  await (await host.engine.get()).branchAt(study, attempt.id, name);
  window.setStatusBarMessage(`Branch ${name} stands at #${attempt.number}.`, 6_000);
}

async function promote(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Promote to a Branch');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const name = await window.showInputBox({
    title: `Cortex: Promote ${attemptLabel(attempt)}`,
    prompt: 'One commit on a new branch from HEAD. Your files and your branch stay as they are.',
    value: promotionBranch(attempt),
  });
  if (!name) return;
  const { commit } = await (await host.engine.get()).promote(study, attempt.id, name);
  inform(
    `${attemptLabel(attempt)} is one commit on ${name} (${shortCommit(commit)}), ready for a ` +
      'pull request.',
  );
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
