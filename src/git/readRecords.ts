import { attemptSchema, type Attempt } from '../core/attempts/attempt.ts';
import type { AttemptSummary } from '../core/ports.ts';
import { git } from './git.ts';
import { RECORD_PATH } from './snapshot.ts';

/** How many records one process of git prints: they are kept in memory until it ends. */
const BATCH = 200;

/** The records of many attempts by their ids, by one `git cat-file` for each 200; damaged, newer and missing ones are left out. */
export async function readRecords(root: string, attempts: readonly AttemptSummary[]): Promise<ReadonlyMap<string, Attempt>> {
  const records = new Map<string, Attempt>();
  for (let start = 0; start < attempts.length; start += BATCH) {
    const batch = attempts.slice(start, start + BATCH);
    const input = batch.map(({ commit }) => `${commit}:${RECORD_PATH}\n`).join('');
    const texts = blobsIn(Buffer.from(await git(root, ['cat-file', '--batch'], { input })));
    batch.forEach(({ id }, index) => {
      const attempt = parsed(texts[index] ?? '');
      if (attempt) records.set(id, attempt);
    });
  }
  return records;
}

/** The contents `cat-file --batch` prints, in order; empty for an object that is missing. */
export function blobsIn(output: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(output.toString('utf8', at, end))?.[1] ?? -1);
    texts.push(size < 0 ? '' : output.toString('utf8', end + 1, end + 1 + size));
    at = size < 0 ? end + 1 : end + size + 2;
  }
  return texts;
}

function parsed(text: string): Attempt | null {
  try {
    const read = attemptSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
