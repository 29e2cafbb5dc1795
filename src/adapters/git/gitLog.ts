import { parseCommitMessage, type ParsedCommit } from '../../record/parseCommitMessage.ts';
import type { LastTexts } from '../../record/trailerFields.ts';
import { streamGit } from './git.ts';

/** One commit of a study’s branch, as `git log` prints it. */
export interface Commit {
  readonly commit: string;
  readonly parent: string;
  readonly parsed: ParsedCommit | null;
}

/** Commits are parsed while git still reads. */
export async function streamLog(
  root: string,
  selection: readonly string[],
  onCommit: (commit: Commit) => 'more' | 'enough',
): Promise<void> {
  const last: LastTexts = new Map();
  const args = [
    'log',
    '-z',
    '--first-parent',
    '--no-color',
    '--ignore-missing',
    '--format=%H %P%n%B',
    ...selection,
    '--',
  ];
  let pending: Buffer = Buffer.alloc(0);
  await streamGit(root, args, {
    onOutput: (chunk) => {
      const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
        if (onCommit(parseCommit(bytes.subarray(start, end), last)) === 'enough') return 'enough';
        start = end + 1;
      }
      pending = bytes.subarray(start);
      return 'more';
    },
  });
}

/**
 * Only the last paragraph is decoded: reasonings are most of a branch, and the list does not need
 * them.
 */
function parseCommit(bytes: Buffer, last: LastTexts): Commit {
  const headEnd = bytes.indexOf(LINE_END);
  const [commit = '', parent = ''] = bytes.toString('latin1', 0, headEnd).split(' ');
  let end = bytes.length;
  while (bytes[end - 1] === LINE_END) end--;
  const gap = bytes.lastIndexOf(PARAGRAPH_END, end - 1);
  return {
    commit,
    parent,
    parsed: gap === -1 ? null : parseCommitMessage(bytes.toString('utf8', gap, end), last),
  };
}

const LINE_END = 10;

const PARAGRAPH_END = Buffer.from('\n\n');
