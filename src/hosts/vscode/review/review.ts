import { EventEmitter, type Disposable, type TextDocumentChangeEvent } from 'vscode';
import type { Proposal } from '../../../study/proposal.ts';
import { inheritedLines, type Basis } from '../../../review/basis.ts';
import type { ReviewOutcome } from '../../../review/reviewOutcome.ts';
import type { Study } from '../../../study/study.ts';
import type { Row } from '../../../review/mergedView.ts';
import {
  acceptHunk,
  acceptPending,
  editProposal,
  hasAccepted,
  outcomeOf,
  pendingHunks,
  rejectHunk,
  rejectPending,
  type ReviewSession,
} from '../../../review/reviewSession.ts';
import { splitLines } from '../../../review/textLines.ts';
import { MergedDocument } from './mergedDocument.ts';
import { reviewUris, saveReviewText, writeReviewText, type ReviewUris } from './reviewDocuments.ts';
import type { ReviewFiles } from './reviewFiles.ts';
import { reasoningPage } from './reasoningMarkdown.ts';

type Offered = Pick<Review, 'id' | 'study' | 'proposal' | 'basis' | 'fileText'>;

/**
 * One proposal under review: a `ReviewSession` with its documents in memory, and the promise of
 * what the user decides.
 */
export class Review implements Disposable {
  readonly id: string;
  readonly study: Study;
  readonly proposal: Proposal;
  /** The attempt it was made from; `null` where that is the user's file. */
  readonly basis: Basis | null;
  /** The user's model file when it was proposed. */
  readonly fileText: string;
  /** Lines of the attempt it was made from that the user's file does not have. */
  readonly inherited: ReadonlySet<string>;
  readonly uris: ReviewUris;
  /** Settles once: all decided, Train, or closed. */
  readonly outcome: Promise<ReviewOutcome>;

  readonly #files: ReviewFiles;
  readonly #changed = new EventEmitter<void>();
  readonly #merged: MergedDocument;
  #session: ReviewSession;
  #settle: (outcome: ReviewOutcome) => void = () => undefined;
  #isStale = false;

  readonly onDidChange = this.#changed.event;

  /** `session`: how far its review had come; the proposal as it was offered where it is new. */
  constructor(
    { id, study, proposal, basis, fileText }: Offered,
    session: ReviewSession,
    files: ReviewFiles,
  ) {
    this.id = id;
    this.study = study;
    this.proposal = proposal;
    this.basis = basis;
    this.fileText = fileText;
    this.inherited = inheritedLines(fileText, proposal.base);
    this.uris = reviewUris(id, study.modelPath);
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#files = files;
    this.#session = session;
    this.#merged = new MergedDocument(this.uris.merged, this.#session, {
      files,
      onEdit: (session) => {
        this.#become(session);
      },
      onLayout: () => {
        this.#changed.fire();
      },
    });
    files.put(this.uris.accepted, this.#session.accepted.join('\n'), true);
    files.put(this.uris.proposal, this.#session.proposal.join('\n'));
  }

  get session(): ReviewSession {
    return this.#session;
  }

  /** The lines of the merged document as they stand in the editor. */
  get rows(): readonly Row[] {
    return this.#merged.rows;
  }

  /** Writes the page of its reasons, the evidence as it is to be shown. */
  explain(evidence: Proposal['evidence']): void {
    this.#files.put(
      this.uris.reasoning,
      reasoningPage({ ...this.proposal, evidence }, this.study.logPath),
      true,
    );
  }

  /** The model file changed since this was proposed. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Says that the model file changed. */
  markStale(): void {
    this.#isStale = true;
    this.#changed.fire();
  }

  async accept(hunk: number): Promise<void> {
    await this.#show(acceptHunk(this.#session, hunk));
    this.#settleWhenDecided();
  }

  async reject(hunk: number): Promise<void> {
    await this.#show(rejectHunk(this.#session, hunk));
    this.#settleWhenDecided();
  }

  acceptAll(): Promise<void> {
    return this.#decideAll(acceptPending);
  }

  rejectAll(): Promise<void> {
    return this.#decideAll(rejectPending);
  }

  /** Trains what is accepted; all that is proposed when nothing was decided on yet. */
  train(): void {
    const session = hasAccepted(this.#session) ? this.#session : acceptPending(this.#session);
    this.#settle(outcomeOf(session, 'person'));
  }

  /** Closed without a decision. */
  dismiss(): void {
    this.#settle({ kind: 'dismissed' });
  }

  /** Follows what the user does in one of the review's documents. */
  documentChanged(event: TextDocumentChangeEvent): void {
    const uri = event.document.uri.toString();
    if (uri === this.uris.merged.toString()) this.#merged.documentChanged(event);
    if (uri === this.uris.proposal.toString()) this.#editedInDiff(event.document.getText());
  }

  dispose(): void {
    this.dismiss();
    this.#merged.dispose();
    this.#changed.dispose();
    for (const uri of Object.values(this.uris)) this.#files.remove(uri);
  }

  /** Decides what is pending, and what is typed while that is laid out. */
  async #decideAll(decide: (session: ReviewSession) => ReviewSession): Promise<void> {
    do await this.#show(decide(this.#session));
    while (pendingHunks(this.#session).length > 0);
    this.#settleWhenDecided();
  }

  async #show(session: ReviewSession): Promise<void> {
    this.#become(session);
    await this.#merged.show(session);
  }

  #settleWhenDecided(): void {
    if (pendingHunks(this.#session).length === 0) this.#settle(outcomeOf(this.#session, 'person'));
  }

  #editedInDiff(text: string): void {
    const lines = splitLines(text);
    if (lines.join('\n') === this.#session.proposal.join('\n')) return;
    this.#become(editProposal(this.#session, lines));
    void this.#merged.show(this.#session);
  }

  #become(session: ReviewSession): void {
    this.#session = session;
    this.#files.put(this.uris.accepted, session.accepted.join('\n'), true);
    void this.#writeProposal();
    this.#changed.fire();
  }

  /**
   * Keeps the right side of the native diff in step; saved, so that closing it asks no question.
   */
  async #writeProposal(): Promise<void> {
    await writeReviewText(this.#files, this.uris.proposal, this.#session.proposal.join('\n'));
    await saveReviewText(this.uris.proposal);
  }
}
