import { commands, Uri, window, workspace, type TextDocument } from 'vscode';
import { applyOnto } from '../../../review/applyOnto.ts';
import { splitLines } from '../../../review/textLines.ts';
import { columnOf } from '../columnOf.ts';
import { editLines } from '../editLines.ts';
import { editRefusedError } from '../errors.ts';
import { fileName } from '../../../util/fileName.ts';
import { sha256 } from '../../../util/sha256.ts';
import { ask, inform } from '../messages.ts';

/** A change that is to reach the user's own file. */
export interface FileChange {
  readonly modelPath: string;
  /** For people: `#12 batch norm`. */
  readonly name: string;
  /** What the change was made from, and what it leads to. */
  readonly base: string;
  readonly text: string;
  /**
   * SHA-256 of texts that are safe in the history: a file with one of them is replaced as a whole.
   */
  readonly kept: ReadonlySet<string>;
  /** Where the new text can be looked at. */
  readonly preview: Uri;
}

/**
 * "Apply to My File": one edit of the buffer, one undo step, nothing saved. Changes the user made
 * meanwhile are kept, or asked about.
 */
export async function applyToFile(change: FileChange): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(change.modelPath));
  const text = await decide(document, change);
  if (text === null) return;
  await window.showTextDocument(document, {
    preview: false,
    viewColumn: columnOf(change.modelPath),
  });
  if (!(await editLines(document, text))) throw editRefusedError(fileName(change.modelPath));
  window.setStatusBarMessage(
    `$(check) Applied ${change.name} to ${fileName(change.modelPath)}. Undo takes it back.`,
    8_000,
  );
}

async function decide(document: TextDocument, change: FileChange): Promise<string | null> {
  const current = document.getText();
  if (isSame(current, change.text)) {
    inform(`${fileName(change.modelPath)} already is ${change.name}.`);
    return null;
  }
  if (isSame(current, change.base) || isKept(current, change.kept)) return change.text;
  return applyOnto(current, change.base, change.text) ?? askToReplace(change);
}

async function askToReplace(change: FileChange): Promise<string | null> {
  const replace = 'Replace Whole File';
  const look = 'Open Diff';
  const file = fileName(change.modelPath);
  const choice = await ask(
    `${file} was changed in the same lines as ${change.name}; Cortex does not guess which to keep.`,
    'Replacing is one undo step.',
    look,
    replace,
  );
  if (choice === look)
    await commands.executeCommand(
      'vscode.diff',
      Uri.file(change.modelPath),
      change.preview,
      `${file} ↔ ${change.name}`,
    );
  return choice === replace ? change.text : null;
}

const isSame = (a: string, b: string): boolean =>
  splitLines(a).join('\n') === splitLines(b).join('\n');

/** A buffer shows no byte-order mark, so both spellings are tried. */
const isKept = (text: string, kept: ReadonlySet<string>): boolean =>
  [text, `\uFEFF${text}`].some((spelling) => kept.has(sha256(spelling)));
