import { homedir } from 'node:os';
import { commands, Uri, window, workspace } from 'vscode';
import { OPENED, type Host } from '../host.ts';

/**
 * Copies the example to where the user says, with a repository of its own, and opens it; one that
 * is there already is opened as it is.
 */
export async function openExample({ extensionUri, engine, userMemory }: Host): Promise<void> {
  const [parent] =
    (await window.showOpenDialog({
      title: 'Cortex: Where to Put the Digits Example',
      defaultUri: Uri.file(homedir()),
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Put the Example Here',
    })) ?? [];
  if (!parent) return;
  const target = Uri.joinPath(parent, 'cortex-digits');
  if (!(await exists(target))) {
    await workspace.fs.copy(Uri.joinPath(extensionUri, 'examples', 'digits'), target);
    await (await engine.get()).beginRepository(target.fsPath, 'The digits example');
  }
  await userMemory.update(OPENED, target.fsPath);
  await commands.executeCommand('vscode.openFolder', target);
}

const exists = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
