import { TabInputText, ViewColumn, window } from 'vscode';

/**
 * The column with a tab of the file, the active one first: what belongs to the file opens there.
 * The active column where none has it.
 */
export function columnOf(path: string): ViewColumn {
  const groups = [window.tabGroups.activeTabGroup, ...window.tabGroups.all];
  const group = groups.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.fsPath === path),
  );
  return group?.viewColumn ?? ViewColumn.Active;
}
