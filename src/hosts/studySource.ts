import type { Study } from '../study/study.ts';

/** The studies of a repository, and what is known of them before anything is trained. */
export interface StudySource {
  /** Those whose branches the repository of `folder` holds; what cannot be opened is left out. */
  studies(folder: string): Promise<readonly Study[]>;
  /** All others of its repository. */
  studiesBeside(study: Study): Promise<readonly Study[]>;
  /** The text of the model file as it is. */
  ownText(study: Study): Promise<string>;
  /** SHA-256 of the data as they are; `null` where a command of the user's own alone knows them. */
  dataHash(study: Study, signal: AbortSignal): Promise<string | null>;
}
