import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/**
 * How a worker program is started, as data: whoever confines programs puts a command of its own
 * before it, and knows from here what the program has to be left.
 */
export interface Launch {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The folder it starts in. */
  readonly folder: string;
  /** Names of this process's environment variables that it may see: no keys, no tokens. */
  readonly passedOn: readonly string[];
  /** Variables it is given beside those. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of the files Cortex ships for its workers. */
  readonly assetFolder: string;
  /** What it has to read and to write beside that, where it is confined. */
  readonly needs?: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** Folders in which an installed runtime may be looked for, best first. */
  readonly runtimeFolders: readonly string[];
}

/** Environment variables that any worker may see. */
export const PASSED_ON: readonly string[] = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'SystemRoot',
  'windir',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
  'OMP_NUM_THREADS',
];

/** A started worker with its streams. */
export interface Spawned {
  readonly process: ChildProcess;
  readonly requests: Writable;
  readonly replies: Readable;
  readonly stderr: Readable;
}

/**
 * Starts a worker as the leader of its own process group, so that it can be stopped whole, and a
 * terminal's Ctrl+C does not reach it.
 */
export function spawnWorker(launch: Launch): Spawned {
  const child = spawn(launch.program, launch.arguments, {
    cwd: launch.folder,
    env: environmentOf(launch),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const [requests, stdout, stderr, replies] = child.stdio as unknown as [
    Writable,
    Readable,
    Readable,
    Readable,
  ];
  stdout.resume();
  return { process: child, requests, stderr, replies };
}

/** Kills the worker's whole process group; nothing happens when it is gone already. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const environmentOf = ({ passedOn, environment }: Launch): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    passedOn.flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  ),
  ...environment,
});
