/**
 * Confines a worker before any code of a variant runs. The system does it: a small launcher (see
 * `launcher.c`) takes rights away from itself and becomes the worker, inside bubblewrap's
 * namespaces where that program is installed.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Launch } from '../launch.ts';
import { closedByNode } from './closedByNode.ts';
import type { Rights } from './rights.ts';

/** What holds a worker, strongest first; `none`: Node's permissions, nothing of the system's. */
export type Layer = 'bubblewrap' | 'landlock' | 'none';

/** The system's sandbox on this machine. */
export interface Sandbox {
  readonly layer: Layer;
  /** The same launch, held to its rights. */
  confine(launch: Launch, rights: Rights): Launch;
  /** The same launch, which ends with this process whatever ends that; on Linux. */
  tie(launch: Launch): Launch;
}

/** Read by what runs a program on Linux: loader, libraries, certificates' and names' settings. */
const SYSTEM: readonly string[] = [
  '/usr',
  '/bin',
  '/lib',
  '/lib64',
  '/etc/ld.so.cache',
  '/etc/ssl/openssl.cnf',
  '/dev/null',
  '/dev/zero',
  '/dev/urandom',
  '/proc/cpuinfo',
  '/proc/meminfo',
  '/proc/stat',
  '/proc/self',
  '/sys/devices/system/cpu',
  '/sys/fs/cgroup',
];

/** Landlock 1 is in Linux 5.13; without it nothing would hold the file system. */
export function findSandbox(assetFolder: string): Sandbox {
  const launcher = join(assetFolder, 'sandbox');
  if (process.platform !== 'linux' || !isProgram(launcher))
    return { layer: 'none', confine: closedByNode, tie: (launch) => launch };
  const tie = (launch: Launch): Launch => tied(launcher, launch);
  if (landlockOf(launcher) === 0) return { layer: 'none', confine: closedByNode, tie };
  const bubblewrap = findProgram('bwrap');
  const landlock = (launch: Launch, rights: Rights): Launch => landlocked(launcher, launch, rights);
  return bubblewrap === null || !works(bubblewrap)
    ? { layer: 'landlock', confine: landlock, tie }
    : {
        layer: 'bubblewrap',
        confine: (launch, rights) => wrapped(bubblewrap, landlock(launch, rights), rights.write),
        tie,
      };
}

const tied = (launcher: string, launch: Launch): Launch => ({
  ...launch,
  program: launcher,
  arguments: ['--tie', launch.program, ...launch.arguments],
});

const landlocked = (launcher: string, launch: Launch, { read, list, write }: Rights): Launch => ({
  ...launch,
  program: launcher,
  arguments: [
    ...[...SYSTEM, launch.program, ...shipped(launch), ...read].flatMap((path) => ['--read', path]),
    ...list.flatMap((path) => ['--list', path]),
    ...write.flatMap((path) => ['--write', path]),
    '--',
    launch.program,
    ...launch.arguments,
  ],
});

/** Cortex's own files; Node asks the package above them what kind of modules they are. */
const shipped = ({ assetFolder }: Launch): readonly string[] => [
  assetFolder,
  join(assetFolder, '..', 'package.json'),
];

/** Namespaces of its own for network, processes, names and messages; Landlock says what is read. */
const wrapped = (program: string, launch: Launch, bound: readonly string[]): Launch => ({
  ...launch,
  program,
  arguments: [
    '--unshare-all',
    '--die-with-parent',
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
    '--proc',
    '/proc',
    ...bound.flatMap((path) => ['--bind', path, path]),
    '--',
    launch.program,
    ...launch.arguments,
  ],
});

function landlockOf(launcher: string): number {
  const told = execFileSync(launcher, ['--probe'], { encoding: 'utf8' });
  return Number(/landlock=(\d+)/.exec(told)?.[1] ?? 0);
}

function works(bubblewrap: string): boolean {
  try {
    execFileSync(bubblewrap, ['--unshare-all', '--ro-bind', '/', '/', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    // Some distributions refuse namespaces to ordinary users: Landlock alone holds then.
    return false;
  }
}

const findProgram = (name: string): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram) ?? null;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
