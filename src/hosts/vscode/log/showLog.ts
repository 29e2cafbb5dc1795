import { commands, languages, Range, Uri } from 'vscode';
import { logLanguage } from '../contributions.ts';
import { documentOf } from './logInFront.ts';

/**
 * Opens a log as one, whatever its name is, at a line (0-based) where one is given. A file too
 * large for VS Code to hand over is shown as it is.
 */
export async function showLog(path: string, line?: number): Promise<void> {
  const uri = Uri.file(path);
  await commands.executeCommand(
    'vscode.open',
    uri,
    line === undefined ? {} : { selection: new Range(line, 0, line, 0) },
  );
  const document = documentOf(uri);
  if (document && document.languageId !== logLanguage)
    await languages.setTextDocumentLanguage(document, logLanguage);
}
