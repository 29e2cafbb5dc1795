import { spawn, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import type { Writable, Readable } from 'node:stream';

/** What computes in a worker. */
export type RuntimeName = 'tfjs-node' | 'wasm' | 'cpu';

/** How to start a worker. */
export interface SpawnOptions {
  readonly workerPath: string;
  readonly nodePath: string;
  readonly runtime: RuntimeName;
  /** Limit of the JavaScript heap, in MiB. */
  readonly memoryMB: number;
}

/** A started worker with its four streams. */
export interface Spawned {
  readonly process: ChildProcess;
  readonly requests: Writable;
  readonly replies: Readable;
  readonly stderr: Readable;
}

/** All a worker learns of this process's environment: no keys, no tokens. */
const PASSED_ON = [
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

/**
 * Starts a worker as the leader of its own process group (so that it can be stopped whole, and a
 * terminal's Ctrl+C does not reach it). Node's permission model refuses writing files, starting
 * processes and threads. With `tfjs-node` native code is allowed in; what that code does itself (it
 * is TensorFlow, and any add-on the user's packages load) is not held by the model.
 */
export function spawnWorker(options: SpawnOptions): Spawned {
  const child = spawn(options.nodePath, nodeArguments(options), {
    cwd: dirname(options.workerPath),
    env: workerEnvironment(process.env),
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

const nodeArguments = ({ workerPath, runtime, memoryMB }: SpawnOptions): readonly string[] => [
  `--max-old-space-size=${Math.ceil(memoryMB)}`,
  '--permission',
  '--allow-fs-read=*',
  ...(runtime === 'tfjs-node' ? ['--allow-addons'] : []),
  workerPath,
];

function workerEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(
    PASSED_ON.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
  );
  // VS Code's own executable behaves as Node only when told so.
  const electron = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { ...passed, ...electron, TF_CPP_MIN_LOG_LEVEL: '2' };
}
