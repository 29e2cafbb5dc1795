import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Study } from '../../study/study.ts';

/** What documents read of a study; whoever keeps its attempts can be one. */
export interface StudyReader {
  /** All attempts, oldest first. */
  history(study: Study): Promise<readonly AttemptSummary[]>;
  /** Records of attempts, read in one go; what cannot be read is left out. */
  records(study: Study, ids: readonly string[]): Promise<ReadonlyMap<string, Attempt>>;
}
