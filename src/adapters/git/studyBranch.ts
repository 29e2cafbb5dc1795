import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { branchTakenError } from './branchErrors.ts';
import { fallbackIdentity } from './commit.ts';
import type { Identity } from './gitEnvironment.ts';
import {
  NO_HISTORY,
  readHistory,
  withAttempt,
  type History,
  type StoredAttempt,
} from './history.ts';
import { readRefs, type StudyRefs } from './refs.ts';
import type { StudyPlace } from './studyPlace.ts';

/** A study's refs and attempts at one moment. */
export interface BranchState {
  readonly refs: StudyRefs;
  readonly attempts: readonly StoredAttempt[];
}

/** The branch of a study, read again only as far as it has changed. */
export class StudyBranch {
  readonly place: StudyPlace;
  #history: History = NO_HISTORY;
  #userIsKnown = false;

  constructor(place: StudyPlace) {
    this.place = place;
  }

  /**
   * Rejects with `git-branch-taken` when the branch belongs to another model file that still
   * exists; a renamed one is followed.
   */
  async read(): Promise<BranchState> {
    const refs = await readRefs(this.place);
    const history = await readHistory(this.place, refs.branch, this.#history);
    await this.#checkModel(history.attempts.at(-1));
    this.#history = history;
    return { refs, attempts: history.attempts };
  }

  /** Spares reading again what has just been written, as long as it stands on what was known. */
  remember(stored: StoredAttempt, parent: string | null): void {
    if ((parent ?? '') === this.#history.tip) this.#history = withAttempt(this.#history, stored);
  }

  /** Who commits when git does not know its user; asked for again only as long as it does not. */
  async identity(): Promise<Identity | null> {
    if (!this.#userIsKnown) {
      const identity = await fallbackIdentity(this.place.root);
      this.#userIsKnown = identity === null;
      return identity;
    }
    return null;
  }

  async #checkModel(newest: StoredAttempt | undefined): Promise<void> {
    const { root, model, branchRef } = this.place;
    if (!newest || newest.model === model) return;
    const exists = await access(join(root, newest.model)).then(
      () => true,
      () => false,
    );
    if (exists) throw branchTakenError(branchRef.replace('refs/heads/', ''), newest.model, model);
  }
}
