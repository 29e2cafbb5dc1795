import { window, workspace, type Disposable, type TextDocument } from 'vscode';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { builderLineIn } from './modelFiles.ts';

/** Notices model files as they are opened, so that menus can offer Cortex on them. */
export function createModelFileContext({ studies }: Host): Disposable {
  const disposables = new Disposables();
  const look = (document: TextDocument): void => {
    if (builderLineIn(document) !== null) studies.see(document.fileName);
  };
  workspace.textDocuments.forEach(look);
  disposables.add(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidSaveTextDocument(look),
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor) look(editor.document);
    }),
  );
  return disposables;
}
