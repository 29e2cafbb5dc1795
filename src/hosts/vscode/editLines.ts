import { Range, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { lineEdits, type LineEdit } from '../../review/lineEdits.ts';

/**
 * Turns a document into `text` by one edit – one undo step – that touches changed lines only;
 * `false` when VS Code refused.
 */
export async function editLines(document: TextDocument, text: string): Promise<boolean> {
  const edits = lineEdits(document.getText(), text);
  if (edits.length === 0) return true;
  const workspaceEdit = new WorkspaceEdit();
  for (const edit of edits)
    workspaceEdit.replace(document.uri, rangeOf(document, edit), textOf(document, edit));
  return workspace.applyEdit(workspaceEdit);
}

/**
 * The replaced lines with the line end after them, or before them where they reach the end of the
 * document.
 */
function rangeOf(document: TextDocument, { startLine, endLine }: LineEdit): Range {
  if (endLine < document.lineCount) return new Range(startLine, 0, endLine, 0);
  const end = document.lineAt(document.lineCount - 1).range.end;
  return startLine === 0
    ? new Range(0, 0, end.line, end.character)
    : new Range(document.lineAt(startLine - 1).range.end, end);
}

function textOf(document: TextDocument, { startLine, endLine, lines }: LineEdit): string {
  if (endLine < document.lineCount) return lines.map((line) => `${line}\n`).join('');
  return startLine === 0 ? lines.join('\n') : lines.map((line) => `\n${line}`).join('');
}
