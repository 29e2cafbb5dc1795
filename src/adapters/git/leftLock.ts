import { rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CortexError } from '../../util/errors.ts';
import { parseCommitMessage } from '../../record/parseCommitMessage.ts';
import { FINISHED, isOwnerGone } from './owner.ts';
import { retryOnConflict, type StudyRef } from './refs.ts';

/** git holds the lock of a ref for milliseconds; one that stands so long was left behind. */
const LEFT_MS = 5_000;
/** Refs that nobody but Cortex moves. */
const OWN_LOCK = /Unable to create '(?<path>[^\n]*\/refs\/(?:heads\/)?cortex\/[^\n]*\.lock)'/;

/**
 * Like `retryOnConflict`; where `wasKilled` says that a process of Cortex ended while it may have
 * moved this ref, the lock that its git has left behind is waited for and taken away. Locks of
 * other refs, and of anybody who lives, stay: git's own words say what to do.
 */
export async function retryPastLeftLock<T>(
  work: () => Promise<T>,
  wasKilled: () => Promise<boolean>,
): Promise<T> {
  try {
    return await retryOnConflict(work);
  } catch (error) {
    const lock = ownLockIn(error);
    if (lock === null || !(await wasKilled()) || !(await takeAway(lock))) throw error;
    return retryOnConflict(work);
  }
}

function ownLockIn(error: unknown): string | null {
  if (!(error instanceof CortexError) || error.code !== 'git-ref-locked') return null;
  const said = error.cause instanceof Error ? error.cause.message : '';
  return OWN_LOCK.exec(said)?.groups?.['path'] ?? null;
}

/** Whether it is gone now; one that moves meanwhile belongs to somebody, and stays. */
async function takeAway(lock: string): Promise<boolean> {
  const found = await timeOf(lock);
  if (found === null) return true;
  await sleep(Math.max(0, found + LEFT_MS - Date.now()));
  const now = await timeOf(lock);
  if (now === null) return true;
  if (now !== found) return false;
  await rm(lock, { force: true });
  return true;
}

const timeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );

/** Whether a process that worked on one of these drafts ended before it had written its attempt. */
export async function isAnyLeft(drafts: readonly StudyRef[]): Promise<boolean> {
  const owners = drafts.map(async ({ message, writtenAt }) => {
    const owner = parseCommitMessage(message)?.owner ?? FINISHED;
    return owner !== FINISHED && isOwnerGone(owner, writtenAt);
  });
  return (await Promise.all(owners)).includes(true);
}
