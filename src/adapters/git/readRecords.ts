import { attemptSchema, type Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { readBlobs } from './blobs.ts';
import { RECORD_PATH } from './snapshot.ts';

/** How many records one process of git prints: they are kept in memory until it ends. */
const BATCH = 200;

/**
 * The records of many attempts by their ids, by one `git cat-file` for each 200; damaged, newer and
 * missing ones are left out.
 */
export async function readRecords(
  root: string,
  attempts: readonly AttemptSummary[],
): Promise<ReadonlyMap<string, Attempt>> {
  const records = new Map<string, Attempt>();
  for (let start = 0; start < attempts.length; start += BATCH) {
    const batch = attempts.slice(start, start + BATCH);
    const texts = await readBlobs(
      root,
      batch.map(({ commit }) => `${commit}:${RECORD_PATH}`),
    );
    batch.forEach(({ id }, index) => {
      const attempt = parsed(texts[index] ?? '');
      if (attempt) records.set(id, attempt);
    });
  }
  return records;
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
