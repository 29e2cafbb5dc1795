import { commands, Uri, window, workspace, type Disposable } from 'vscode';
import type { Host } from '../host.ts';

/** Where the window of the example finds what it was opened for. */
const OPENED = 'cortex.openedExample';
const WALKTHROUGH = 'cortex.model-cortex#cortex.firstImprovement';

/** Opening the example, and the walkthrough that goes on in its window. */
export function createExample(host: Host): Disposable {
  void host.commands.attempt('The walkthrough in the example', () => continueWalkthrough(host));
  return host.commands.register('cortex.openExample', () => openExample(host));
}

/**
 * Copies the example to where the user says, with a repository of its own, and opens it; one that
 * is there already is opened as it is.
 */
async function openExample({ extensionUri, engine, userMemory }: Host): Promise<void> {
  const [parent] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Put the Example Here',
    })) ?? [];
  if (!parent) return;
  const target = Uri.joinPath(parent, 'cortex-digits');
  if (!(await exists(target))) {
    await workspace.fs.copy(Uri.joinPath(extensionUri, 'examples', 'digits'), target);
    await (await engine.get()).initRepository(target.fsPath);
  }
  await userMemory.update(OPENED, target.fsPath);
  await commands.executeCommand('vscode.openFolder', target);
}

const exists = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/**
 * Opening a folder closes all that was open: the example's window shows its model, and beside it
 * the walkthrough's next step.
 */
async function continueWalkthrough({ userMemory }: Host): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder || userMemory.get(OPENED) !== folder.fsPath) return;
  await userMemory.update(OPENED, undefined);
  await window.showTextDocument(Uri.joinPath(folder, 'model.ts'), { preview: false });
  await commands.executeCommand(
    'workbench.action.openWalkthrough',
    { category: WALKTHROUGH, step: 'improve' },
    true,
  );
}
