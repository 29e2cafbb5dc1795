/**
 * Confines a worker before any code of a variant runs. The system does it: a small launcher (see
 * `launcher.c`) takes rights away from itself and becomes the worker, inside bubblewrap's
 * namespaces where that program is installed.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Launch } from '../launch.ts';

/** What holds a worker, strongest first; `none`: nothing but the worker's own guards. */
export type Layer = 'bubblewrap' | 'landlock' | 'none';

/** What a confined program is left. */
export interface Rights {
  /** Files and folders it may read and execute. */
  readonly read: readonly string[];
  /** Folders whose entries it may name, without reading them. */
  readonly list: readonly string[];
  /** Folders it may write to. */
  readonly write: readonly string[];
}

/** The system's sandbox on this machine. */
export interface Sandbox {
  readonly layer: Layer;
  /** The same launch, held to its rights. */
  confine(launch: Launch, rights: Rights): Launch;
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
  if (process.platform !== 'linux' || !isProgram(launcher) || landlockOf(launcher) === 0)
    return { layer: 'none', confine: (launch) => launch };
  const bubblewrap = findProgram('bwrap');
  return bubblewrap === null || !works(bubblewrap)
    ? { layer: 'landlock', confine: (launch, rights) => landlocked(launcher, launch, rights) }
    : {
        layer: 'bubblewrap',
        confine: (launch, rights) =>
          wrapped(bubblewrap, landlocked(launcher, launch, rights), [launcher, ...rights.write]),
      };
}

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
    ...bound.slice(1).flatMap((path) => ['--bind', path, path]),
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
