import type { Attempt } from '../record/attempt.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Study } from '../study/study.ts';

/**
 * The git branch of a study. Never touches HEAD, index, working tree, stash, hooks or other
 * branches.
 */
export interface AttemptStore {
  /**
   * All attempts, oldest first; interrupted drafts of dead processes are turned into `cancelled`
   * attempts first.
   */
  list(study: Study): Promise<readonly AttemptSummary[]>;
  read(study: Study, id: string): Promise<Attempt>;
  /** The model file's text as that attempt trained it. */
  readVariant(study: Study, id: string): Promise<string>;
  /**
   * Keeps an unfinished attempt safe (outside the branch) until `record` or a later `list` of
   * another process finishes it.
   */
  saveDraft(study: Study, attempt: Attempt, variantText: string): Promise<void>;
  /** Commits the attempt on the study's branch and drops its draft. */
  record(study: Study, attempt: Attempt, variantText: string): Promise<AttemptSummary>;
}
