import { attemptSchema, ATTEMPT_VERSION, type Attempt } from '../../record/attempt.ts';
import { attemptDamagedError, attemptInvalidError, attemptNewerError } from './attemptErrors.ts';
import { git } from './git.ts';
import { RECORD_PATH } from './snapshot.ts';

/**
 * The text of `.cortex/attempt.json`; throws a defect when the record does not fit its schema,
 * before anything is written.
 */
export function formatRecord(attempt: Attempt): string {
  const checked = attemptSchema.safeParse(attempt);
  if (!checked.success) throw attemptInvalidError(attempt.id, checked.error);
  return `${JSON.stringify(checked.data, null, 1)}\n`;
}

/**
 * Reads the record in a commit; rejects with `attempt-newer` or `attempt-damaged` where it cannot
 * be understood.
 */
export async function readRecord(root: string, commit: string, id: string): Promise<Attempt> {
  const text = await git(root, ['cat-file', 'blob', `${commit}:${RECORD_PATH}`]);
  const record = parseJson(text, id);
  const version =
    typeof record === 'object' && record !== null && 'version' in record ? record.version : null;
  if (typeof version === 'number' && version > ATTEMPT_VERSION)
    throw attemptNewerError(id, version);
  const attempt = attemptSchema.safeParse(record);
  if (!attempt.success) throw attemptDamagedError(id, attempt.error);
  return attempt.data;
}

function parseJson(text: string, id: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw attemptDamagedError(id, cause);
  }
}
