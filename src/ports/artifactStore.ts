import type { Study } from '../study/study.ts';

/** What is known of something kept without reading it. */
export interface ArtifactFact {
  readonly sha256: string;
  readonly bytes: number;
  /** When it was last put, in milliseconds since the epoch. */
  readonly keptAt: number;
}

/**
 * Files that belong to a study's attempts but are too large for its branch (weights, exports): kept
 * beside the branch by the SHA-256 (hex) of their bytes, so that the same bytes are kept once.
 */
export interface ArtifactStore {
  /** Keeps the bytes and resolves with their SHA-256. */
  put(study: Study, bytes: Uint8Array): Promise<string>;
  /** The bytes; `null` where nothing whole with this hash is kept here. */
  get(study: Study, sha256: string): Promise<Uint8Array | null>;
  /** Absolute path of what is kept, for programs beside this one; `null` where nothing is. */
  locate(study: Study, sha256: string): Promise<string | null>;
  /** Everything that is kept for the study. */
  list(study: Study): Promise<readonly ArtifactFact[]>;
  /** Resolves also where nothing with this hash was kept. */
  delete(study: Study, sha256: string): Promise<void>;
}
