import type { Study } from '../study/study.ts';

/** The studies of a repository, to learn from. */
export interface OtherStudies {
  /** All but the study itself that can be opened. */
  beside(study: Study): Promise<readonly Study[]>;
}
