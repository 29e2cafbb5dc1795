import { readFile } from 'node:fs/promises';
import {
  EventEmitter,
  TabInputText,
  TabInputTextDiff,
  window,
  workspace,
  type Disposable,
  type Tab,
  type Uri,
} from 'vscode';
import type { Proposal } from '../../../study/proposal.ts';
import type { ReviewOutcome } from '../../../review/reviewOutcome.ts';
import { openReview, type ReviewSession } from '../../../review/reviewSession.ts';
import type { Study } from '../../../study/study.ts';
import { columnOf } from '../columnOf.ts';
import { setContext } from '../context.ts';
import { reviewScheme } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { watchModelFile } from './modelFileWatch.ts';
import { Review } from './review.ts';
import type { ReviewDrafts } from './reviewDrafts.ts';
import { reviewIdOf, saveReviewText } from './reviewDocuments.ts';
import { ReviewFiles } from './reviewFiles.ts';
import { goToHunk } from './reviewNavigation.ts';
import { Throttle } from '../throttle.ts';

/** Typing is kept as a draft this often, and once more when the window closes. */
const KEEP_MS = 1_000;

/**
 * The open reviews: shows a proposal, follows its documents, and closes it once it is decided. One
 * whose tab is closed waits on, and can be shown again; one whose window is closed is a draft.
 */
export class Reviews implements Disposable {
  readonly #disposables = new Disposables();
  readonly #files = this.#disposables.add(new ReviewFiles());
  readonly #changed = this.#disposables.add(new EventEmitter<void>());
  readonly #open = new Map<string, Review>();
  readonly #drafts: ReviewDrafts;
  /** Ids differ from those of an earlier session, whose tabs may still stand for a moment. */
  readonly #session = Date.now().toString(36);
  #count = 0;
  #isOver = false;

  readonly onDidChange = this.#changed.event;

  constructor(drafts: ReviewDrafts) {
    this.#drafts = drafts;
    this.#disposables.add(
      workspace.registerFileSystemProvider(reviewScheme, this.#files, { isCaseSensitive: true }),
      workspace.onDidChangeTextDocument((event) => {
        this.of(event.document.uri)?.documentChanged(event);
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        setContext('cortex.reviewActive', editor?.document.uri.scheme === reviewScheme);
      }),
    );
    void this.#closeEarlier();
  }

  /** The review a document belongs to. */
  of(uri: Uri): Review | undefined {
    return this.#open.get(reviewIdOf(uri) ?? '');
  }

  /** A review by its id, or that of the active editor, or the only one. */
  find(id?: string): Review | undefined {
    if (id !== undefined) return this.#open.get(id);
    const uri = window.activeTextEditor?.document.uri;
    return (uri && this.of(uri)) ?? [...this.#open.values()].at(-1);
  }

  /** Opens a proposal and waits for the user's decision; an abort closes it undecided. */
  async review(
    { study, proposal, basis }: Pick<Review, 'study' | 'proposal' | 'basis'>,
    signal: AbortSignal,
  ): Promise<ReviewOutcome> {
    const id = `${this.#session}-${String(++this.#count)}`;
    const fileText = await readFile(study.modelPath, 'utf8');
    const review = new Review(
      { id, study, proposal, basis, fileText },
      this.#sessionOf(study, proposal),
      this.#files,
    );
    this.#keep(review);
    const subscriptions = new Disposables();
    const keep = subscriptions.add(new Throttle(KEEP_MS, () => this.#keep(review)));
    subscriptions.add(
      review.onDidChange(() => {
        keep.poke();
        this.#changed.fire();
      }),
      await watchModelFile(study.modelPath, () => {
        review.markStale();
      }),
    );
    this.#open.set(review.id, review);
    const abort = (): void => {
      review.dismiss();
    };
    signal.addEventListener('abort', abort);
    try {
      await this.show(review);
      this.#tellChange();
      return await review.outcome;
    } finally {
      signal.removeEventListener('abort', abort);
      subscriptions.dispose();
      if (!this.#isOver) this.#drafts.drop(study.modelPath);
      await this.#close(review);
    }
  }

  /** Brings a review's document to the front, at its first open hunk. */
  async show(review: Review): Promise<void> {
    const document = await workspace.openTextDocument(review.uris.merged);
    const viewColumn = columnOf(review.study.modelPath);
    await window.showTextDocument(document, { preview: false, viewColumn });
    goToHunk(review, 0);
  }

  dispose(): void {
    for (const review of this.#open.values()) this.#keep(review);
    this.#isOver = true;
    for (const review of this.#open.values()) review.dispose();
    this.#disposables.dispose();
  }

  /** As far as an earlier session had come with the same proposal. */
  #sessionOf({ modelPath }: Study, { base, text }: Proposal): ReviewSession {
    const draft = this.#drafts.of(modelPath);
    const isSame = draft?.proposal.base === base && draft.proposal.text === text;
    return isSame ? draft.session : openReview(base, text);
  }

  #keep({ study: { modelPath }, proposal, session, fileText }: Review): void {
    if (!this.#isOver) this.#drafts.keep({ modelPath, fileText, proposal, session });
  }

  /**
   * What an earlier session showed is gone with its memory. What was typed last comes back unsaved,
   * and is saved, so that closing it asks no question: its draft holds it.
   */
  async #closeEarlier(): Promise<void> {
    const tabs = tabsOf(() => true);
    const uris = tabs.filter((tab) => tab.isDirty).flatMap(tabUris);
    for (const uri of uris) {
      this.#files.put(uri, '');
      await workspace.openTextDocument(uri);
      await saveReviewText(uri);
    }
    await window.tabGroups.close(tabs);
    for (const uri of uris) this.#files.remove(uri);
  }

  async #close(review: Review): Promise<void> {
    this.#open.delete(review.id);
    await Promise.all(Object.values(review.uris).map(saveReviewText));
    await window.tabGroups.close(tabsOf((id) => id === review.id));
    review.dispose();
    this.#tellChange();
  }

  #tellChange(): void {
    setContext('cortex.reviewWaiting', this.#open.size > 0);
    this.#changed.fire();
  }
}

/** Tabs with documents of the reviews whose id passes. */
const tabsOf = (passes: (id: string) => boolean): Tab[] =>
  window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) =>
      tabUris(tab).some((uri) => passes(reviewIdOf(uri) ?? '') && uri.scheme === reviewScheme),
    );

function tabUris({ input }: Tab): readonly Uri[] {
  if (input instanceof TabInputText) return [input.uri];
  return input instanceof TabInputTextDiff ? [input.original, input.modified] : [];
}
