import { EventEmitter, type Disposable, type Memento } from 'vscode';
import type { ReviewSession } from '../../../review/reviewSession.ts';
import type { Proposal } from '../../../study/proposal.ts';

/** A proposal that nobody has decided on yet, as far as its review has come. */
export interface ReviewDraft {
  readonly modelPath: string;
  /** The model file's text when it was proposed. */
  readonly fileText: string;
  readonly proposal: Proposal;
  readonly session: ReviewSession;
}

const KEY = 'reviewDrafts';

/**
 * Keeps what waits for a decision with the workspace: a window may be reloaded or closed, and
 * nothing is lost. One for each model file.
 */
export class ReviewDrafts implements Disposable {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();

  /** A draft came or went. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get all(): readonly ReviewDraft[] {
    return this.#memory.get<readonly ReviewDraft[]>(KEY, []);
  }

  of(modelPath: string): ReviewDraft | null {
    return this.all.find((draft) => draft.modelPath === modelPath) ?? null;
  }

  keep(draft: ReviewDraft): void {
    this.#write([...this.#without(draft.modelPath), draft]);
  }

  drop(modelPath: string): void {
    this.#write(this.#without(modelPath));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #without(modelPath: string): readonly ReviewDraft[] {
    return this.all.filter((draft) => draft.modelPath !== modelPath);
  }

  #write(drafts: readonly ReviewDraft[]): void {
    void this.#memory.update(KEY, drafts);
    this.#changed.fire();
  }
}
