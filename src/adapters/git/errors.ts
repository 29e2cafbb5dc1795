import { CortexError } from '../../util/errors.ts';
import { KNOWN_FAILURES } from './knownFailures.ts';

/** What git said when a command failed. */
interface GitFailure {
  /** The git sub-command, for people. */
  readonly command: string;
  /** Standard output and error, as git wrote them in English. */
  readonly output: string;
  readonly cause?: unknown;
}

/**
 * Makes the named error for a failed git command; `git-failed` with git's own words where none is
 * known.
 */
export function gitError({ command, output, cause }: GitFailure): CortexError {
  const known = KNOWN_FAILURES.find(({ pattern }) => pattern.test(output));
  const words = wordsOf(output);
  if (known) {
    const { code, kind, happened, expected, remedy } = known;
    return new CortexError({
      code,
      kind,
      happened: `${happened} (git ${command}: ${words})`,
      expected,
      remedy,
      cause,
    });
  }
  return new CortexError({
    code: 'git-failed',
    kind: 'environment',
    cause,
    happened: `git ${command} failed: ${words}`,
    expected: 'it to succeed.',
    remedy: 'Run "git fsck" in the repository if this goes on; no branch was moved.',
  });
}

/** A lost race for a ref: somebody else has moved it, or holds its lock. */
export const isRefConflict = (error: unknown): error is CortexError =>
  error instanceof CortexError &&
  (error.code === 'git-ref-moved' || error.code === 'git-ref-locked');

/** The line that says most, without git's prefixes. */
function wordsOf(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line =
    lines.find((candidate) => /^(?:fatal|error|Error):/.test(candidate)) ??
    lines.at(-1) ??
    'it ended without a word';
  return line.replace(/^(?:fatal|error|Error): /, '').slice(0, 300);
}

/** git is there, but lacks what Cortex uses. */
export const gitTooOldError = (version: string): CortexError =>
  new CortexError({
    code: 'git-too-old',
    kind: 'environment',
    happened: `This is ${version.trim()}.`,
    expected: 'git 2.27 or later (transactions of "git update-ref").',
    remedy: 'Update git (https://git-scm.com/downloads) and start again.',
  });

/** The folder the study is in is gone, so git cannot run there. */
export const folderMissingError = (folder: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'git-folder-missing',
    kind: 'input',
    cause,
    happened: `The folder ${folder} does not exist.`,
    expected: 'the folder that holds the model file.',
    remedy: 'Check the path; if the folder was moved, open it where it is now.',
  });
