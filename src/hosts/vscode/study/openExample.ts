import { commands, Uri, window, workspace, type Disposable } from 'vscode';
import { OPENED, type Host } from '../host.ts';

const WALKTHROUGH = 'cortex.model-cortex#cortex.firstImprovement';

/** Opening the example, and the walkthrough that goes on in its window. */
export function createExample(host: Host): Disposable {
  void host.commands.attempt('The walkthrough in the example', () => continueWalkthrough(host));
  return host.commands.register('cortex.openExample', async () =>
    (await host.beginning()).openExample(host),
  );
}

/**
 * Opening a folder closes all that was open: the example's window shows its model, and beside it
 * the walkthrough's next step. `npm start` names the folder in the environment.
 */
async function continueWalkthrough({ userMemory }: Host): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const opened = process.env['CORTEX_EXAMPLE'] ?? userMemory.get(OPENED);
  if (!folder || opened !== folder.fsPath) return;
  await userMemory.update(OPENED, undefined);
  await window.showTextDocument(Uri.joinPath(folder, 'model.ts'), { preview: false });
  await commands.executeCommand(
    'workbench.action.openWalkthrough',
    { category: WALKTHROUGH, step: 'improve' },
    true,
  );
}
