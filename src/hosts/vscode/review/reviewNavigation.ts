import { commands, Range, Selection, TextEditorRevealType, window, type TextEditor } from 'vscode';
import { pendingHunks } from '../../../review/reviewSession.ts';
import type { Review } from './review.ts';

/** Puts the cursor on a pending hunk. */
export function goToHunk(review: Review, hunk: number): void {
  const editor = editorOf(review);
  const line = review.rows.findIndex((row) => row.hunk === hunk);
  if (editor && line >= 0) reveal(editor, line);
}

/** To the next or previous change, round at the ends; in the native diff by its own command. */
export async function moveToChange(review: Review, step: 1 | -1): Promise<void> {
  const editor = editorOf(review);
  if (!editor || editor !== window.activeTextEditor) {
    await commands.executeCommand(
      step > 0
        ? 'workbench.action.compareEditor.nextChange'
        : 'workbench.action.compareEditor.previousChange',
    );
    return;
  }
  const starts = hunkStarts(review);
  const line = editor.selection.active.line;
  const target =
    step > 0
      ? (starts.find((start) => start > line) ?? starts[0])
      : (starts.findLast((start) => start < line) ?? starts.at(-1));
  if (target !== undefined) reveal(editor, target);
}

/** The hunk at the cursor, or the next one below, or the last. */
export function hunkAtCursor(review: Review): number {
  const line = editorOf(review)?.selection.active.line ?? 0;
  const below = review.rows.slice(line).find((row) => row.hunk !== null)?.hunk;
  return below ?? pendingHunks(review.session).length - 1;
}

const hunkStarts = (review: Review): readonly number[] =>
  review.rows.flatMap((row, line) =>
    row.hunk !== null && review.rows[line - 1]?.hunk !== row.hunk ? [line] : [],
  );

function reveal(editor: TextEditor, line: number): void {
  editor.selection = new Selection(line, 0, line, 0);
  editor.revealRange(new Range(line, 0, line, 0), TextEditorRevealType.InCenterIfOutsideViewport);
}

const editorOf = ({ uris }: Review): TextEditor | undefined =>
  window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uris.merged.toString(),
  );
