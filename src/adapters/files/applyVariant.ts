import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { fileText } from '../../model/notebook.ts';
import type { Study } from '../../study/study.ts';
import { fileAccessError, unrecordedModelError } from './errors.ts';
import { sha256 } from '../../util/sha256.ts';
import { readCode, readSource } from './readSource.ts';

/** What may be lost by applying. */
interface ApplyOptions {
  /** `keep` refuses to replace a text that no attempt has kept. */
  readonly unrecorded: 'keep' | 'overwrite';
  /** Whether an attempt has kept the text of this SHA-256 (hex). */
  readonly isRecorded: (hash: string) => Promise<boolean>;
}

/**
 * Writes a variant's text into the model file, whole or not at all; links and permissions stay.
 * Only ever called at the user's explicit word.
 */
export async function applyVariant(
  { modelPath }: Study,
  text: string,
  { unrecorded, isRecorded }: ApplyOptions,
): Promise<void> {
  const now = await readCode(modelPath);
  if (now === text) return;
  if (unrecorded === 'keep' && !(await isRecorded(sha256(now))))
    throw unrecordedModelError(modelPath);
  await replaceFile(modelPath, fileText(modelPath, await readSource(modelPath), text));
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
