import { commands, Uri, window } from 'vscode';
import { shortCommit } from '../../../record/format.ts';
import { promotionBranch } from '../../../study/promotion.ts';
import type { AttemptReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { inform } from '../messages.ts';
import { attemptLabel } from './attemptLabels.ts';
import { chooseAttempt } from './chooseAttempt.ts';

/** The attempt's project in a new working tree, in a folder that the user says. */
export async function checkOut(host: Host, reference: AttemptReference | undefined): Promise<void> {
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

/** A branch at an attempt's commit. */
export async function branchFrom(
  host: Host,
  reference: AttemptReference | undefined,
): Promise<void> {
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

/** One clean commit on a new branch from HEAD, ready for a pull request. */
export async function promote(host: Host, reference: AttemptReference | undefined): Promise<void> {
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
