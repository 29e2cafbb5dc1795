import { parseCommitMessage } from '../../record/parseCommitMessage.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { StudyRef } from './refs.ts';
import type { StudyPlace } from './studyPlace.ts';
import { streamLog, type Commit } from './gitLog.ts';

/** An attempt on the branch. */
export interface StoredAttempt {
  readonly summary: AttemptSummary;
  /** Its model file, relative to the repository's root. */
  readonly model: string;
  /** The commit the branch started from; `null` when from nothing. */
  readonly base: string | null;
}

/** A branch as read at one of its tips. */
export interface History {
  readonly tip: string;
  /** Oldest first. */
  readonly attempts: readonly StoredAttempt[];
}

/** The history after an attempt that was put right on its tip. */
export const withAttempt = ({ attempts }: History, stored: StoredAttempt): History => ({
  tip: stored.summary.commit,
  attempts: [...attempts.filter(({ summary }) => summary.id !== stored.summary.id), stored],
});

/** What a branch that does not exist holds. */
export const NO_HISTORY: History = { tip: '', attempts: [] };

/**
 * Reads the attempts of a branch: only what is new since `known`, or all of it when the branch was
 * rewritten. Commits that are not Cortex's, or whose trailers are damaged, are passed over.
 */
export async function readHistory(
  { root }: StudyPlace,
  branch: StudyRef | null,
  known: History,
): Promise<History> {
  if (!branch) return NO_HISTORY;
  if (branch.commit === known.tip) return known;
  const fresh = known.tip === '' ? null : await logOf(root, [branch.commit, `^${known.tip}`]);
  if (fresh && fresh.at(-1)?.parent === known.tip)
    return { tip: branch.commit, attempts: merge(known.attempts, fresh) };
  const base = await baseOf(root, branch);
  return { tip: branch.commit, attempts: merge([], await readDown(root, branch.commit, base)) };
}

/** So many commits of others, and a branch looks as if it had left its base. */
const MANY = 100;

/**
 * Everything from `tip` down to `base`, newest first. git is stopped there: told to leave out what
 * the base holds, it walks the whole branch before its first word. Only where the base is not met
 * (a rebased branch, a shallow clone) it is told so.
 */
async function readDown(
  root: string,
  tip: string,
  base: string | null,
): Promise<readonly Commit[]> {
  if (base === null) return logOf(root, [tip]);
  const commits: Commit[] = [];
  let others = 0;
  await streamLog(root, [tip], (commit) => {
    commits.push(commit);
    if (!commit.parsed) others++;
    return commit.parent === base || others > MANY ? 'enough' : 'more';
  });
  return commits.at(-1)?.parent === base ? commits : logOf(root, [tip, `^${base}`]);
}

/**
 * Newest first. A commit named to be left out may be missing in a shallow clone: then everything
 * there is is read.
 */
async function logOf(root: string, selection: readonly string[]): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  await streamLog(root, selection, (commit) => {
    commits.push(commit);
    return 'more';
  });
  return commits;
}

/**
 * The newest attempt knows where the branch started; normally it is the tip. Without one, only the
 * tip itself is looked at.
 */
async function baseOf(root: string, branch: StudyRef): Promise<string | null> {
  const atTip = parseCommitMessage(branch.message);
  if (atTip) return atTip.base;
  const [newest] = await logOf(root, ['-1', '--grep=^Cortex-Attempt: ', branch.commit]);
  return newest ? (newest.parsed?.base ?? null) : branch.commit;
}

/**
 * An id that comes twice (a cherry-pick, an attempt taken for dead that came back) counts once, as
 * it was written last.
 */
function merge(
  known: readonly StoredAttempt[],
  newestFirst: readonly Commit[],
): readonly StoredAttempt[] {
  const attempts = new Map(known.map((attempt) => [attempt.summary.id, attempt]));
  for (const { commit, parsed } of newestFirst.toReversed()) {
    if (!parsed) continue;
    const { summary, model, base } = parsed;
    // Nobody else has it yet, and ten thousand copies take their time.
    attempts.set(summary.id, { summary: Object.assign(summary, { commit }), model, base });
  }
  return [...attempts.values()];
}
