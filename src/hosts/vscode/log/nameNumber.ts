import { window } from 'vscode';
import { fileName } from '../../../util/fileName.ts';
import { noOpenLogError } from '../errors.ts';
import type { Host } from '../host.ts';
import { logInFront } from './logInFront.ts';
import { inform } from '../messages.ts';

/** Names that a number of a log most often has. */
const NAMES = ['val_loss', 'loss', 'val_accuracy', 'accuracy', 'test_loss', 'lr', 'epoch', 'step'];

/** The number at the cursor of a log is this series: from now on lines like it are read so. */
export async function nameNumber({ engine, logs }: Host): Promise<void> {
  const editor = window.activeTextEditor;
  const logPath = logInFront();
  if (!editor || logPath === null) throw noOpenLogError();
  const { active } = editor.selection;
  const line = editor.document.lineAt(active.line).text;
  const name = await chooseName();
  if (name === undefined) return;
  const loaded = await engine.get();
  const { path, pattern } = await loaded.nameInLog(logPath, {
    line,
    offset: active.character,
    name,
  });
  logs.readAgain(logPath);
  inform(`${fileName(logPath)}: this number is ${name}. ${fileName(path)} says so: ${pattern}`);
}

async function chooseName(): Promise<string | undefined> {
  const other = 'Another Name…';
  const chosen = await window.showQuickPick([...NAMES, other], {
    title: 'Cortex: This Number Is…',
    placeHolder: 'Series',
  });
  if (chosen !== other) return chosen;
  const name = await window.showInputBox({
    title: 'Cortex: This Number Is…',
    prompt: 'Name of the series',
    validateInput: (text) =>
      /^[A-Za-z_][\w@./-]*$/.test(text) ? undefined : 'A letter, then letters, digits and _.',
  });
  return name;
}
