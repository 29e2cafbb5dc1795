import { workspace } from 'vscode';

/** The window holds more than one folder: a name alone does not tell which one is meant. */
export const hasSeveralFolders = (): boolean => (workspace.workspaceFolders?.length ?? 0) > 1;
