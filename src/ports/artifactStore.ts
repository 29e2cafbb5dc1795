import type { Study } from '../study/study.ts';

/**
 * Files that belong to a study's attempts but are too large for its branch (weights, exports): kept
 * beside the branch by the SHA-256 (hex) of their bytes, so that the same bytes are kept once.
 */
export interface ArtifactStore {
  /** Keeps the bytes and resolves with their SHA-256. */
  put(study: Study, bytes: Uint8Array): Promise<string>;
  /** The bytes; `null` where nothing with this hash is kept here. */
  get(study: Study, sha256: string): Promise<Uint8Array | null>;
  has(study: Study, sha256: string): Promise<boolean>;
  /** Every hash that is kept for the study. */
  list(study: Study): Promise<readonly string[]>;
  /** Resolves also where nothing with this hash was kept. */
  delete(study: Study, sha256: string): Promise<void>;
}
