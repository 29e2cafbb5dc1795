import { basename, dirname } from 'node:path';
import { commands, Uri, window, workspace, type Disposable } from 'vscode';
import type { ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { chooseModel, pickModel, selectTitle } from './chooseModel.ts';
import { makeRepository } from './makeRepository.ts';

/** Choosing a study, beginning one, making it a repository, and finding log and settings. */
export function createStudyCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.selectStudy', () => select(host)),
    host.commands.register('cortex.newModel', async (data) =>
      (await host.beginning()).newModel(host, data?.fsPath),
    ),
    host.commands.register('cortex.setUp', async (model, andThen) =>
      (await host.beginning()).setUp(host, model, andThen),
    ),
    host.commands.register('cortex.showIdeas', async (model) =>
      (await host.beginning()).showIdeas(host, model),
    ),
    host.commands.register('cortex.initRepository', (model, andThen) =>
      initRepository(host, model, andThen),
    ),
    host.commands.register('cortex.showOutput', () => {
      host.log.show();
    }),
    host.commands.register('cortex.openSettings', async () => {
      await commands.executeCommand('workbench.action.openSettings', '@ext:cortex.model-cortex');
    }),
  );
  return disposables;
}

async function select(host: Host): Promise<void> {
  const path = await pickModel(host, selectTitle);
  if (path) await window.showTextDocument(Uri.file(path));
}

/** Makes a repository of the folder, and goes on with what was asked before. */
async function initRepository(
  host: Host,
  model: ModelReference | undefined,
  andThen: (() => Promise<void>) | undefined,
): Promise<void> {
  const path = await chooseModel(host, model);
  if (!path) return;
  const folder = workspace.getWorkspaceFolder(Uri.file(path))?.uri.fsPath ?? dirname(path);
  if (!(await makeRepository(host, folder))) return;
  window.setStatusBarMessage(`$(check) ${basename(folder)} is a git repository now.`, 5_000);
  // A menu gives what is selected in its place.
  if (typeof andThen === 'function') await andThen();
}
