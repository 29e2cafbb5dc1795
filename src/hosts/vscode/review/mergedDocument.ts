import type { Disposable, TextDocument, TextDocumentChangeEvent, Uri } from 'vscode';
import {
  editRows,
  isTyping,
  mergedRows,
  proposalIn,
  type Row,
} from '../../../review/mergedView.ts';
import { editProposal, type ReviewSession } from '../../../review/reviewSession.ts';
import { saveReviewText, writeReviewText } from './reviewDocuments.ts';
import type { ReviewFiles } from './reviewFiles.ts';

const TYPING_PAUSE_MS = 300;
const UNDO_STATES = 500;

/** What the merged document needs from its review. */
export interface MergedDocumentOwner {
  readonly files: ReviewFiles;
  /** The user's typing or undo led to this state. */
  readonly onEdit: (session: ReviewSession) => void;
  /** The document was laid out anew. */
  readonly onLayout: () => void;
}

/** What a text of the document stands for. */
interface Layout {
  readonly session: ReviewSession;
  readonly rows: readonly Row[];
}

/**
 * The one document with removed lines above added lines. It is written from the session, and the
 * user's typing is read back into it; where typing changes the layout (a new hunk, a removed line
 * touched), it is laid out again after a short pause.
 */
export class MergedDocument implements Disposable {
  readonly #uri: Uri;
  readonly #owner: MergedDocumentOwner;
  /** By the document's text, so that undo and redo bring back decisions too. */
  readonly #layouts = new Map<string, Layout>();
  #layout: Layout;
  #timer: NodeJS.Timeout | undefined;
  #isSaving = false;

  constructor(uri: Uri, session: ReviewSession, owner: MergedDocumentOwner) {
    this.#uri = uri;
    this.#owner = owner;
    this.#layout = this.#remember({ session, rows: mergedRows(session) });
    owner.files.put(uri, textOf(this.#layout.rows));
  }

  /** The lines as they stand in the editor. */
  get rows(): readonly Row[] {
    return this.#layout.rows;
  }

  /**
   * Lays the document out for a state. When the user types at the same moment, it is laid out after
   * the next pause.
   */
  async show(session: ReviewSession): Promise<void> {
    clearTimeout(this.#timer);
    this.#layout = { session, rows: this.#layout.rows };
    const wanted = this.#remember({ session, rows: mergedRows(session) });
    const done = await writeReviewText(this.#owner.files, this.#uri, textOf(wanted.rows));
    if (!done) return this.#showSoon();
    if (this.#layout.session === session) this.#layout = wanted;
    this.#owner.onLayout();
    await this.#save();
  }

  /** Reads what happened in the editor. */
  documentChanged({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const known = this.#layouts.get(normalText(document));
    if (known) return this.#restore(known);
    const changes = contentChanges.map(({ range, text }) => ({
      start: range.start,
      end: range.end,
      text,
    }));
    // Formatters that run on save see a document that is no program; what they do is not the user's
    // word. What is typed meanwhile is.
    if (this.#isSaving && !isTyping(changes)) return;
    const rows = followDocument(changes.reduce(editRows, this.#layout.rows), document);
    this.#layout = { session: editProposal(this.#layout.session, proposalIn(rows)), rows };
    this.#remember(this.#layout, normalText(document));
    this.#owner.onEdit(this.#layout.session);
    this.#showSoon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #restore(layout: Layout): void {
    const isOwn = layout.session === this.#layout.session;
    this.#layout = layout;
    if (isOwn) return;
    this.#owner.onEdit(layout.session);
    this.#showSoon();
  }

  #showSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.show(this.#layout.session), TYPING_PAUSE_MS);
  }

  /** Saves into memory, so that closing the editor asks no question. */
  async #save(): Promise<void> {
    this.#isSaving = true;
    await saveReviewText(this.#uri);
    this.#isSaving = false;
  }

  #remember(layout: Layout, text = textOf(layout.rows)): Layout {
    this.#layouts.delete(text);
    this.#layouts.set(text, layout);
    const [oldest] = this.#layouts.keys();
    if (this.#layouts.size > UNDO_STATES && oldest !== undefined) this.#layouts.delete(oldest);
    return layout;
  }
}

const textOf = (rows: readonly Row[]): string => rows.map((row) => row.text).join('\n');

const normalText = (document: TextDocument): string => document.getText().replaceAll('\r\n', '\n');

/** The rows with the words of the document, should an edit have been missed while it was saved. */
function followDocument(rows: readonly Row[], document: TextDocument): readonly Row[] {
  if (rows.length !== document.lineCount) return rows;
  return rows.map((row, index) =>
    row.kind === 'removed' ? row : { ...row, text: document.lineAt(index).text },
  );
}
