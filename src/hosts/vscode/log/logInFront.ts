import { TabInputText, window, workspace, type TextDocument, type Uri } from 'vscode';
import { logLanguage } from '../contributions.ts';

/** What a file that is too large for VS Code to hand over has to be called. */
const logName = /\.log$|[\\/]train(?:ing)?_log[^\\/]*\.txt$/i;

/**
 * The file is a log by its language, or by its name where VS Code hands out no document of it
 * (above 50 MB).
 */
export function isLog(uri: Uri): boolean {
  const document = documentOf(uri);
  return (
    uri.scheme === 'file' &&
    (document ? document.languageId === logLanguage : logName.test(uri.fsPath))
  );
}

/** What VS Code has loaded of a file. */
export const documentOf = (uri: Uri): TextDocument | undefined =>
  workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

/**
 * The log in the active editor; one that is too large for VS Code to hand over is known by its tab
 * alone.
 */
export function logInFront(): string | null {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri =
    window.activeTextEditor?.document.uri ??
    (input instanceof TabInputText ? input.uri : undefined);
  return uri && isLog(uri) ? uri.fsPath : null;
}
