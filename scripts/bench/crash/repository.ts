import { git } from '../../../test/integration/cli/cortex.ts';

/** The attempts that a repository holds: on the branches of studies, and unfinished ones. */
export interface Held {
  readonly finished: ReadonlySet<string>;
  readonly drafts: ReadonlySet<string>;
}

/** Ids of all attempts in the repository of a folder. */
export async function attemptsIn(folder: string): Promise<Held> {
  const refs = await git(folder, 'for-each-ref', '--format=%(refname)', 'refs/heads/cortex/');
  const branches = refs.split('\n').filter(Boolean);
  const format = '--format=%(trailers:key=Cortex-Attempt,valueonly,separator=)';
  const listed = branches.length === 0 ? '' : await git(folder, 'log', format, ...branches);
  const drafts = await git(folder, 'for-each-ref', '--format=%(refname)', 'refs/cortex/drafts/');
  const ids = drafts.split('\n').map((ref) => ref.slice(ref.lastIndexOf('/') + 1));
  return {
    finished: new Set(listed.split('\n').filter(Boolean)),
    drafts: new Set(ids.filter(Boolean)),
  };
}

/** Attempts that were there before and are neither finished nor unfinished now. */
export function lostBetween(before: Held, { finished, drafts }: Held): number {
  const known = [...before.finished].filter((id) => !finished.has(id));
  const begun = [...before.drafts].filter((id) => !finished.has(id) && !drafts.has(id));
  return known.length + begun.length;
}

/** 1 where `git fsck` has something to say. */
export const faultsIn = (folder: string): Promise<number> =>
  git(folder, 'fsck', '--strict', '--no-dangling', '--no-progress').then(
    () => 0,
    () => 1,
  );
