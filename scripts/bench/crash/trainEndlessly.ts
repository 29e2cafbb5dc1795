import { readFile, writeFile } from 'node:fs/promises';
import { commands, Uri, workspace } from 'vscode';

/** Runs inside VS Code: trains the model file with other sizes, one after the other. */
export async function run(): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  const file = Uri.joinPath(folder.uri, 'model.ts');
  for (let units = 2; ; units = (units % 60) + 1) {
    const text = await readFile(file.fsPath, 'utf8');
    await writeFile(file.fsPath, text.replace(/units: \d+/, `units: ${units}`));
    await commands.executeCommand('cortex.train', file);
  }
}
