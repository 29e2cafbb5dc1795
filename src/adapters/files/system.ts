import { stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { fileAccessError } from './errors.ts';

/**
 * What stands at a path, links followed; `null` when there is nothing. Rejects when it may not be
 * looked at.
 */
export async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw fileAccessError(path, 'read', error);
  }
}

/** The operating system's error has one of these codes. */
const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
