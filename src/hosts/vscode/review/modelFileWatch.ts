import { Uri, workspace, type Disposable } from 'vscode';
import { splitLines } from '../../../review/textLines.ts';
import { Disposables } from '../disposables.ts';

/**
 * Calls `onChange` once the model file, in its editor or on disk, no longer has the text it has
 * now.
 */
export async function watchModelFile(modelPath: string, onChange: () => void): Promise<Disposable> {
  const uri = Uri.file(modelPath);
  const document = await workspace.openTextDocument(uri);
  const before = splitLines(document.getText()).join('\n');
  const disposables = new Disposables();
  // VS Code keeps an opened document in step with the disk, so one event tells of both.
  disposables.add(
    workspace.onDidChangeTextDocument((event) => {
      if (event.document.uri.toString() !== uri.toString() || event.contentChanges.length === 0)
        return;
      if (splitLines(event.document.getText()).join('\n') === before) return;
      disposables.dispose();
      onChange();
    }),
  );
  return disposables;
}
