import { StringDecoder } from 'node:string_decoder';
import { GitConstructError, simpleGit } from 'simple-git';
import { folderMissingError, gitError } from './errors.ts';

/** What a git command gets beside its arguments. */
export interface GitOptions {
  /** Standard input; a command that reads none may be given none. */
  readonly input?: string;
  /** A private index instead of the user's. */
  readonly indexFile?: string;
  /** Name and address for a user who has none. */
  readonly identity?: Identity | null;
  /** Called with the output while it comes; what it sees is void when the command fails in the end. */
  readonly onOutput?: (text: string) => void;
}

/** Who a commit is by. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/**
 * Runs one git plumbing command in `folder` and resolves with what it printed. No hook, no fsmonitor, no optional lock, no
 * `GIT_*` variable of an outer git; English messages. Rejects with a named error. A fresh simple-git each time: one
 * that failed drops what it has queued. Commands are chosen to print something, since simple-git waits 50 ms after silent ones.
 */
export async function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  try {
    const { input } = options;
    const runner = simpleGit({
      baseDir: folder,
      config: CONFIG,
      unsafe: { allowUnsafeHooksPath: true, allowUnsafeFsMonitor: true, allowUnsafeConfigPaths: true },
      allowEnvironment: ALLOWED_ENVIRONMENT,
      // Its default takes the output 50 ms after the exit, complete or not.
      completion: { onClose: true, onExit: false },
      timeout: { block: 120_000 },
      errors: (error, { exitCode, stdErr, stdOut }) => (exitCode === 0 ? error : (error ?? failureText(exitCode, [...stdErr, ...stdOut]))),
      ...(input === undefined ? {} : { input: () => Buffer.from(input) }),
    });
    if (options.onOutput) runner.outputHandler(decoding(options.onOutput));
    return await runner.env(environment(options)).raw([...args]);
  } catch (cause) {
    if (cause instanceof GitConstructError) throw folderMissingError(folder, cause);
    throw gitError({ command: commandOf(args), output: cause instanceof Error ? cause.message : String(cause), cause });
  }
}

function decoding(onOutput: (text: string) => void): (command: string, stdout: NodeJS.ReadableStream) => void {
  const decoder = new StringDecoder('utf8');
  return (_, stdout) => { stdout.on('data', (chunk: Buffer) => { onOutput(decoder.write(chunk)); }); };
}

const CONFIG = [
  'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.splitIndex=false', 'core.safecrlf=false', 'core.quotePath=false',
  'i18n.commitEncoding=UTF-8', 'i18n.logOutputEncoding=UTF-8', 'log.showSignature=false', 'advice.graftFileDeprecated=false',
];

const IDENTITY_KEYS = ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL'];
const CONFIG_KEYS = ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_CEILING_DIRECTORIES'];
const ALLOWED_ENVIRONMENT = [...IDENTITY_KEYS, ...CONFIG_KEYS, 'GIT_INDEX_FILE', 'GIT_OPTIONAL_LOCKS', 'GIT_TERMINAL_PROMPT'];

/** Kept from the user's environment: everything that is not git's, and which configuration and name the user has chosen. */
function environment({ indexFile, identity }: GitOptions): Record<string, string> {
  const kept = Object.entries(process.env).filter(([key]) => isKept(key)) as [string, string][];
  const { LC_ALL, LANG } = process.env;
  return {
    ...Object.fromEntries(kept),
    LC_MESSAGES: 'C',
    LANG: LC_ALL || LANG || 'C.UTF-8',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
    ...(identity ? { ...namesOf(identity, 'AUTHOR'), ...namesOf(identity, 'COMMITTER') } : {}),
  };
}

function isKept(key: string): boolean {
  const name = key.toUpperCase();
  if (IDENTITY_KEYS.includes(name) || CONFIG_KEYS.includes(name)) return true;
  return !/^(?:GIT_.*|EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS|LC_ALL|LC_MESSAGES|LANGUAGE)$/.test(name);
}

/** What the user has set in the environment wins. */
const namesOf = ({ name, email }: Identity, role: string): Record<string, string> => ({
  [`GIT_${role}_NAME`]: process.env[`GIT_${role}_NAME`] || name,
  [`GIT_${role}_EMAIL`]: process.env[`GIT_${role}_EMAIL`] || email,
});

/** A command that a signal ended has no exit code and often no words. */
function failureText(exitCode: number | null, output: readonly Buffer[]): Buffer {
  const text = Buffer.concat([...output]).toString('utf8').trim();
  return Buffer.from(text || (exitCode === null ? 'ended by a signal: file size limit or out of memory' : `exit code ${exitCode}`));
}

const commandOf = (args: readonly string[]): string => args.find((arg) => !arg.startsWith('-')) ?? '';
