import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Study } from '../../study/study.ts';
import { fileAccessError, unrecordedModelError } from './errors.ts';
import { sha256 } from '../../util/sha256.ts';
import { readSource } from './readSource.ts';

/** What may be lost by applying. */
interface ApplyOptions {
  /** `keep` refuses to replace a text that is none of `recorded`. */
  readonly unrecorded: 'keep' | 'overwrite';
  /** SHA-256 (hex) of the texts that attempts have kept. */
  readonly recorded: readonly string[];
}

/**
 * Writes a variant's text into the model file, whole or not at all; links and permissions stay.
 * Only ever called at the user's explicit word.
 */
export async function applyVariant(
  { modelPath }: Study,
  text: string,
  { unrecorded, recorded }: ApplyOptions,
): Promise<void> {
  const now = await readSource(modelPath);
  if (now === text) return;
  if (unrecorded === 'keep' && !recorded.includes(sha256(now)))
    throw unrecordedModelError(modelPath);
  await replaceFile(modelPath, text);
}

async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await chmod(draft, (await stat(target)).mode);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw fileAccessError(path, 'written', error);
  }
}
