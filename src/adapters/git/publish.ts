import type { Attempt } from '../../record/attempt.ts';
import { summarize, type AttemptHashes } from '../../record/summary.ts';
import { CortexError } from '../../util/errors.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import { commitAttempt } from './commit.ts';
import { branchCheckedOutError } from './branchErrors.ts';
import type { StoredAttempt } from './history.ts';
import { formatRecord } from './record.ts';
import { isAnyLeft, retryPastLeftLock } from './leftLock.ts';
import { moveRefs, type RefMove } from './refs.ts';
import { replaceRecord } from './snapshot.ts';
import type { BranchState, StudyBranch } from './studyBranch.ts';

/** A finished attempt that is to go on the branch. */
interface Finished {
  readonly attempt: Attempt;
  readonly hashes: AttemptHashes;
  /** The project as it was trained. */
  readonly tree: string;
  /** The record that stands in `tree` already; `null` for another one. */
  readonly record: string | null;
  /** The commit the branch starts from if this is its first attempt. */
  readonly base: string | null;
  readonly leftOut: readonly string[];
  /** The draft that goes in the same moment; its commit is given by whoever does not own it. */
  readonly draft: { readonly ref: string; readonly commit?: string };
}

/**
 * Commits an attempt and moves the branch by compare-and-swap, as often as others are faster. Where
 * another window has taken the number meanwhile, the attempt gets the next one; its id stays.
 * Resolves with `null` when somebody else has already dealt with the draft. `state` is what was
 * last read; a stale one costs another try.
 */
export async function publish(
  branch: StudyBranch,
  candidate: Finished,
  state: BranchState,
): Promise<StoredAttempt | null> {
  let known: BranchState | null = state;
  const work = async (): Promise<StoredAttempt | null> => {
    const current = known ?? (await branch.read());
    known = null;
    return publishOnce(branch, candidate, current);
  };
  return retryPastLeftLock(work, () => isAnyLeft(state.refs.drafts));
}

async function publishOnce(
  branch: StudyBranch,
  candidate: Finished,
  state: BranchState,
): Promise<StoredAttempt | null> {
  const { root, branchRef } = branch.place;
  if (isDealtWith(state, candidate)) return null;
  checkNotCheckedOut(branch, state);
  const identity = await branch.identity();
  const attempt = withFreeNumber(candidate.attempt, state.attempts);
  const record = formatRecord(attempt);
  const tree =
    record === candidate.record
      ? candidate.tree
      : await replaceRecord(root, candidate.tree, record);
  const tip = state.refs.branch?.commit ?? null;
  const base = baseOf(state, candidate);
  const summary = summarize(attempt, candidate.hashes);
  const noise = noiseFloor([...state.attempts.map((stored) => stored.summary), summary], summary);
  const notes = { base, owner: null, leftOut: candidate.leftOut, noise };
  const commit = await commitAttempt(root, {
    attempt,
    hashes: candidate.hashes,
    tree,
    parent: tip ?? base,
    notes,
    identity,
  });
  await moveBoth(root, { ref: branchRef, from: tip, to: commit }, dropOf(candidate));
  const stored = { summary: { ...summary, commit }, model: attempt.model, base };
  branch.remember(stored, tip);
  return stored;
}

/**
 * Only deleting takes the lock of all refs: where somebody has left it behind, the branch moves
 * alone, and whoever lists next drops the draft.
 */
async function moveBoth(root: string, move: RefMove, drop: RefMove): Promise<void> {
  try {
    await moveRefs(root, [move, drop]);
  } catch (error) {
    if (!(error instanceof CortexError) || error.code !== 'git-packed-refs-locked') throw error;
    await moveRefs(root, [move]);
  }
}

/** Refuses to move a branch that a working tree stands on. */
export function checkNotCheckedOut({ place }: StudyBranch, { refs }: BranchState): void {
  if (refs.branch && refs.branch.checkedOutIn !== '') {
    throw branchCheckedOutError(
      place.branchRef.replace('refs/heads/', ''),
      refs.branch.checkedOutIn,
    );
  }
}

/**
 * Where the branch started: as its attempts say, else its tip (somebody else's branch of that
 * name), else where it starts now.
 */
export function baseOf(
  { refs, attempts }: BranchState,
  candidate: Pick<Finished, 'base'>,
): string | null {
  const newest = attempts.at(-1);
  return newest ? newest.base : (refs.branch?.commit ?? candidate.base);
}

const isDealtWith = ({ refs }: BranchState, { draft }: Finished): boolean =>
  draft.commit !== undefined &&
  refs.drafts.every((ref) => ref.name !== draft.ref || ref.commit !== draft.commit);

const dropOf = ({ draft }: Finished): RefMove => ({
  ref: draft.ref,
  to: null,
  ...(draft.commit === undefined ? {} : { from: draft.commit }),
});

function withFreeNumber(attempt: Attempt, attempts: readonly StoredAttempt[]): Attempt {
  const others = attempts
    .filter(({ summary }) => summary.id !== attempt.id)
    .map(({ summary }) => summary.number);
  return others.includes(attempt.number)
    ? { ...attempt, number: others.reduce((most, number) => Math.max(most, number), -1) + 1 }
    : attempt;
}
