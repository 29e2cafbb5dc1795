import type { Attempt } from '../../record/attempt.ts';
import { parseCommitMessage, type ParsedCommit } from '../../record/parseCommitMessage.ts';
import { interruptAttempt } from '../../record/interruptAttempt.ts';
import type { AttemptHashes } from '../../record/summary.ts';
import { CortexError } from '../../util/errors.ts';
import type { Study } from '../../study/study.ts';
import { commitAttempt } from './commit.ts';
import { describeOwner, FINISHED, isOwnerGone } from './owner.ts';
import type { ImportsOf } from './neededFiles.ts';
import { baseOf, publish } from './publish.ts';
import { formatRecord, readRecord } from './record.ts';
import { moveRefs, type StudyRef } from './refs.ts';
import { replaceRecord, snapshotProject } from './snapshot.ts';
import type { BranchState, StudyBranch } from './studyBranch.ts';

/** An attempt with the text that was trained. */
export interface AttemptFiles {
  readonly study: Study;
  readonly attempt: Attempt;
  readonly variantText: string;
  readonly hashes: AttemptHashes;
  /** What a source of the user's imports. */
  readonly importsOf: ImportsOf;
}

/** The project and the record of an attempt as a tree, and what its commit has to know. */
interface AttemptTree {
  readonly tree: string;
  /** The commit the study's branch started from, or starts from now. */
  readonly base: string | null;
  readonly leftOut: readonly string[];
}

/** The ref of an unfinished attempt. */
export const draftRefOf = ({ place }: StudyBranch, id: string): string =>
  `${place.draftPrefix}${id}`;

/**
 * Writes an attempt's tree. What was trained is the project as it stood when the draft was first
 * saved: edits since then are not in it.
 */
export async function writeTree(
  branch: StudyBranch,
  state: BranchState,
  files: AttemptFiles,
): Promise<AttemptTree> {
  const record = formatRecord(files.attempt);
  const draft = state.refs.drafts.find(({ name }) => name === draftRefOf(branch, files.attempt.id));
  const saved = draft && parseCommitMessage(draft.message);
  if (draft && saved?.summary.sourceHash === files.hashes.source) {
    return {
      tree: await replaceRecord(branch.place.root, draft.commit, record),
      base: saved.base,
      leftOut: saved.leftOut,
    };
  }
  const { tree, head, leftOut } = await snapshotProject(branch.place, { ...files, record });
  return { tree, base: baseOf(state, { base: head }), leftOut };
}

/**
 * Keeps an attempt under its draft ref. A finished one goes on the branch as soon as that can be
 * moved, whoever comes first.
 */
export async function keepDraft(
  branch: StudyBranch,
  state: BranchState,
  files: AttemptFiles,
  progress: 'running' | 'finished',
): Promise<void> {
  const { root } = branch.place;
  const [{ tree, base, leftOut }, owner, identity] = await Promise.all([
    writeTree(branch, state, files),
    progress === 'finished' ? FINISHED : describeOwner(),
    branch.identity(),
  ]);
  const commit = await commitAttempt(root, {
    ...files,
    tree,
    identity,
    parent: state.refs.branch?.commit ?? base,
    notes: { base, owner, leftOut, noise: null },
  });
  await moveRefs(root, [{ ref: draftRefOf(branch, files.attempt.id), to: commit }]);
}

/**
 * Puts on the branch what its program could not: attempts left unfinished by a process that has
 * ended, and finished ones that were kept.
 */
export async function adoptDrafts(branch: StudyBranch): Promise<BranchState> {
  const state = await branch.read();
  let adopted = 0;
  for (const draft of state.refs.drafts) {
    const saved = parseCommitMessage(draft.message);
    if (saved?.summary.study === undefined || draft.name !== draftRefOf(branch, saved.summary.id))
      continue;
    if (saved.owner !== FINISHED && !(await isOwnerGone(saved.owner, draft.writtenAt))) continue;
    adopted += await adopt(branch, state, { draft, saved }).catch(unlessUnwritable);
  }
  return adopted === 0 ? state : branch.read();
}

async function adopt(
  branch: StudyBranch,
  state: BranchState,
  { draft, saved }: { draft: StudyRef; saved: ParsedCommit },
): Promise<number> {
  const { summary, base, leftOut } = saved;
  if (state.attempts.some((attempt) => attempt.summary.id === summary.id)) {
    await moveRefs(branch.place.root, [{ ref: draft.name, from: draft.commit, to: null }]);
    return 0;
  }
  const record = await readRecord(branch.place.root, draft.commit, summary.id);
  const attempt =
    saved.owner === FINISHED
      ? record
      : interruptAttempt(record, new Date(draft.writtenAt).toISOString());
  await publish(
    branch,
    {
      attempt,
      base,
      leftOut,
      tree: draft.commit,
      record: null,
      hashes: { source: summary.sourceHash, config: summary.configHash },
      draft: { ref: draft.name, commit: draft.commit },
    },
    state,
  );
  return 1;
}

/**
 * A history that can only be read is still shown, and a draft nobody can read stays where it is.
 */
function unlessUnwritable(error: unknown): number {
  if (error instanceof CortexError && error.kind !== 'defect') return 0;
  throw error;
}
