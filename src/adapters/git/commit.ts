import type { Attempt } from '../../record/attempt.ts';
import { formatCommitMessage, type CommitNotes } from './commitMessage.ts';
import { summarize, type AttemptHashes } from '../../record/summary.ts';
import { git } from './git.ts';
import { type Identity } from './gitEnvironment.ts';

/** All that a commit of an attempt is made of. */
interface AttemptCommit {
  readonly attempt: Attempt;
  readonly hashes: AttemptHashes;
  readonly tree: string;
  /** `null` for the first commit of a repository without one. */
  readonly parent: string | null;
  readonly notes: CommitNotes;
  readonly identity: Identity | null;
}

/** Writes the commit; no ref moves. Resolves with its id. */
export async function commitAttempt(
  root: string,
  { attempt, hashes, tree, parent, notes, identity }: AttemptCommit,
): Promise<string> {
  const message = formatCommitMessage(attempt, summarize(attempt, hashes), notes);
  const parents = parent === null ? [] : ['-p', parent];
  const commit = await git(root, ['commit-tree', '--no-gpg-sign', ...parents, '-F', '-', tree], {
    input: message,
    identity,
  });
  return commit.trim();
}

/**
 * A name and address to commit by, for a user who has not told git theirs; `null` when they have.
 */
export async function fallbackIdentity(root: string): Promise<Identity | null> {
  // The format version is asked for only so that git prints something (see `git`). Without any of
  // them git ends with 1.
  const output = await git(root, [
    'config',
    '-z',
    '--get-regexp',
    String.raw`^(user\.(name|email)|core\.repositoryformatversion)$`,
  ]).catch(() => '');
  const valueOf = (key: string): string | undefined =>
    output
      .split('\0')
      .findLast((entry) => entry.startsWith(`${key}\n`))
      ?.slice(key.length + 1) || undefined;
  const [name, email] = [valueOf('user.name'), valueOf('user.email')];
  return name !== undefined && email !== undefined
    ? null
    : { name: name ?? 'Cortex', email: email ?? 'cortex@localhost' };
}
