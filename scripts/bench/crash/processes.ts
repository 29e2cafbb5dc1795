import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

/** What a killed run leaves has to be gone by then. */
const GONE_MS = 2_000;
const LOOK_MS = 20;

/** A process as the system lists it. */
export interface Running {
  readonly pid: number;
  /** Its command line, which tells it from a later one with the same number. */
  readonly command: string;
}

/** All processes below one, whatever started them. */
export function descendantsOf(pid: number): readonly Running[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const all = listed.split('\n').flatMap((line) => {
    const [, own, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(own), parent: Number(parent), command }];
  });
  const below = (top: number): readonly Running[] =>
    all.flatMap((each) => (each.parent === top ? [each, ...below(each.pid)] : []));
  return below(pid);
}

/** How many of these still run two seconds later; resolves as soon as there are none. */
export async function leftOf(processes: readonly Running[]): Promise<number> {
  const end = performance.now() + GONE_MS;
  let left = processes.filter(isRunning);
  while (left.length > 0 && performance.now() < end) {
    await after(LOOK_MS);
    left = left.filter(isRunning);
  }
  return left.length;
}

/** Ends a process; one that has just ended is no trouble. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isRunning({ pid, command }: Running): boolean {
  try {
    if (process.platform === 'linux' && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
      return false;
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(
      command.slice(0, 60),
    );
  } catch {
    // Nobody of that number: it has ended.
    return false;
  }
}
