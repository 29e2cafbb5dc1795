import { isRefConflict } from './errors.ts';
import { git } from './git.ts';
import type { StudyPlace } from './studyPlace.ts';

/** A ref of a study: its branch or a draft. */
export interface StudyRef {
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  /** When its commit was written, in milliseconds since the epoch. */
  readonly writtenAt: number;
  /** The working tree that has it checked out; empty for none. */
  readonly checkedOutIn: string;
}

/** Everything the study has in the repository at one moment. */
export interface StudyRefs {
  readonly branch: StudyRef | null;
  readonly drafts: readonly StudyRef[];
}

/**
 * One line of a transaction: a ref goes from `from` (`null`: it must not exist; absent: whatever it
 * is) to `to` (`null`: deleted).
 */
export interface RefMove {
  readonly ref: string;
  readonly from?: string | null;
  readonly to: string | null;
}

/** Reads branch and drafts in one go. */
export async function readRefs({ root, branchRef, draftPrefix }: StudyPlace): Promise<StudyRefs> {
  const output = await git(root, ['for-each-ref', `--format=${FORMAT}`, branchRef, draftPrefix]);
  const fields = output.split('\0');
  const refs: StudyRef[] = [];
  for (let i = 0; i + 5 < fields.length; i += 5) {
    const [name = '', commit = '', seconds = '', checkedOutIn = '', message = ''] = fields.slice(
      i,
      i + 5,
    );
    refs.push({
      name: name.trimStart(),
      commit,
      writtenAt: Number(seconds) * 1000,
      checkedOutIn,
      message,
    });
  }
  return {
    branch: refs.find((ref) => ref.name === branchRef) ?? null,
    drafts: refs.filter((ref) => ref.name.startsWith(draftPrefix)),
  };
}

/**
 * Moves refs, all or none. Rejects with a ref conflict (see `isRefConflict`) when one is not where
 * it should be.
 */
export async function moveRefs(root: string, moves: readonly RefMove[]): Promise<void> {
  const lines = ['start', ...moves.map(lineOf), 'prepare', 'commit', ''];
  await git(root, ['update-ref', '--no-deref', '-m', 'cortex', '--stdin'], {
    input: lines.join('\n'),
  });
}

/**
 * Tries again while other programs move the same refs: a moved ref means that one of them has got
 * further. A locked one may have been left behind, and git itself has waited 100 ms for it: given
 * up after about two seconds.
 */
export async function retryOnConflict<T>(work: () => Promise<T>, patience = 100): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefConflict(error) || patience <= 0) throw error;
    await new Promise((resolve) => {
      setTimeout(resolve, Math.random() * 30);
    });
    return retryOnConflict(work, patience - (error.code === 'git-ref-locked' ? 7 : 1));
  }
}

const FORMAT =
  '%(refname)%00%(objectname)%00%(committerdate:unix)%00%(worktreepath)%00%(contents)%00';

function lineOf({ ref, from, to }: RefMove): string {
  if (to === null) return `delete ${ref}${from ? ` ${from}` : ''}`;
  if (from === null) return `create ${ref} ${to}`;
  return `update ${ref} ${to}${from === undefined ? '' : ` ${from}`}`;
}
