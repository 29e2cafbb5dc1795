import { spawn } from 'node:child_process';
import { GitConstructError, simpleGit } from 'simple-git';
import { folderMissingError, gitError } from './errors.ts';
import { environment, IDENTITY_KEYS, CONFIG_KEYS, type GitOptions } from './gitEnvironment.ts';
import { failureText, commandOf } from './failureText.ts';

/**
 * Runs one git plumbing command in `folder` and resolves with what it printed. No hook, no
 * fsmonitor, no optional lock, no
 * `GIT_*` variable of an outer git; English messages. Rejects with a named error. A fresh
 * simple-git each time: one that failed drops what it has queued. Commands are chosen to print
 * something, since simple-git waits 50 ms after silent ones.
 */
export async function git(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  try {
    const { input } = options;
    const runner = simpleGit({
      baseDir: folder,
      config: CONFIG,
      unsafe: {
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafeConfigPaths: true,
      },
      allowEnvironment: ALLOWED_ENVIRONMENT,
      // Its default takes the output 50 ms after the exit, complete or not.
      completion: { onClose: true, onExit: false },
      timeout: { block: 120_000 },
      errors: (error, { exitCode, stdErr, stdOut }) =>
        exitCode === 0 ? error : (error ?? failureText(exitCode, [...stdErr, ...stdOut])),
      ...(input === undefined ? {} : { input: () => Buffer.from(input) }),
    });
    return await runner.env(environment(options)).raw([...args]);
  } catch (cause) {
    if (cause instanceof GitConstructError) throw folderMissingError(folder, cause);
    throw gitError({
      command: commandOf(args),
      output: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** A git command whose output is taken as it comes. */
interface GitStream {
  readonly input?: string;
  /**
   * What it has seen is void when the command fails; once it has had enough, the command is ended.
   */
  readonly onOutput: (chunk: Buffer) => 'more' | 'enough';
}

/**
 * Runs a git command whose output is large or no text. Not through simple-git, which gathers all
 * output and decodes it: that doubles the time of a long branch.
 */
export function streamGit(
  folder: string,
  args: readonly string[],
  { input = '', onOutput }: GitStream,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settings = CONFIG.flatMap((setting) => ['-c', setting]);
    const child = spawn('git', [...settings, ...args], {
      cwd: folder,
      env: { ...environment({}), ...UNFLUSHED },
      windowsHide: true,
    });
    const words: Buffer[] = [];
    let isEnough = false;
    child.stdout.on('data', (chunk: Buffer) => {
      if (isEnough || onOutput(chunk) === 'more') return;
      isEnough = true;
      child.kill();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      words.push(chunk);
    });
    child.on('error', (cause) => {
      reject(gitError({ command: commandOf(args), output: cause.message, cause }));
    });
    // One that ended before it had read everything says why itself.
    child.stdin.on('error', (cause) => {
      words.push(Buffer.from(`\n${cause.message}`));
    });
    child.stdin.end(input);
    child.on('close', (exitCode) => {
      if (isEnough || exitCode === 0) resolve();
      else
        reject(
          gitError({ command: commandOf(args), output: failureText(exitCode, words).toString() }),
        );
    });
  });
}

/**
 * What a git command prints, as bytes; for what is no text, or may be nothing at all: simple-git
 * would wait 50 ms then.
 */
export async function gitBytes(
  folder: string,
  args: readonly string[],
  input = '',
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await streamGit(folder, args, {
    input,
    onOutput: (chunk) => {
      chunks.push(chunk);
      return 'more';
    },
  });
  return Buffer.concat(chunks);
}

/**
 * Otherwise `git log` writes each commit by itself, and thousands of small pieces take twice the
 * time to read.
 */
const UNFLUSHED = { GIT_FLUSH: '0' };

const CONFIG = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.splitIndex=false',
  'core.safecrlf=false',
  'core.quotePath=false',
  'i18n.commitEncoding=UTF-8',
  'i18n.logOutputEncoding=UTF-8',
  'log.showSignature=false',
  'advice.graftFileDeprecated=false',
];

const ALLOWED_ENVIRONMENT = [
  ...IDENTITY_KEYS,
  ...CONFIG_KEYS,
  'GIT_INDEX_FILE',
  'GIT_OPTIONAL_LOCKS',
  'GIT_TERMINAL_PROMPT',
];
