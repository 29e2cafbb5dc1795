import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { cortex, digitsCopy, git, root, startCortex } from '../../test/integration/cli/cortex.ts';
import type { Row } from './row.ts';

const TIMES = 20;
const LONGEST_MS = 12_000;
/** What a killed run leaves has to be gone by then. */
const GONE_MS = 2_000;

interface Found {
  lost: number;
  broken: number;
  left: number;
  stuck: number;
  reached: number;
}

/** `kill -9` of `cortex improve` or of one of its workers at any moment; `--times=n` of them. */
export async function bench(): Promise<Row[]> {
  const asked = process.argv.find((argument) => argument.startsWith('--times='));
  const times = asked === undefined ? TIMES : Number(asked.slice('--times='.length));
  const copy = await digitsCopy();
  const found: Found = { lost: 0, broken: 0, left: 0, stuck: 0, reached: 0 };
  try {
    let known: readonly string[] = [];
    for (let time = 0; time < times; time += 1)
      known = await killOnce(copy.folder, {
        victim: time % 2 === 0 ? 'cortex' : 'worker',
        known,
        found,
      });
    const { code } = await cortex(copy.folder, 'improve', 'model.ts', '--rounds', '1');
    if (code !== 0) found.stuck += 1;
  } finally {
    await copy.remove();
  }
  return rowsOf(found, times);
}

async function killOnce(
  folder: string,
  run: { readonly victim: string; readonly known: readonly string[]; readonly found: Found },
): Promise<readonly string[]> {
  const { victim, known, found } = run;
  const cli = startCortex(folder, 'improve', 'model.ts', '--rounds', '50');
  const ended = once(cli, 'exit');
  await Promise.race([ended, after(Math.random() * LONGEST_MS)]);
  if (victim === 'worker') {
    for (const pid of workersOf(cli.pid ?? -1)) kill(pid);
    await Promise.race([ended, after(GONE_MS)]);
  }
  const before = workersOf(cli.pid ?? -1);
  cli.kill('SIGKILL');
  await ended;
  await after(GONE_MS);
  found.left += before.filter(isRunning).length;
  const attempts = await commitsOf(folder);
  found.reached = attempts.length;
  found.lost += known.filter((id) => !attempts.includes(id)).length;
  found.broken += await faultsOf(folder);
  return attempts;
}

/** All processes below one, whatever started them. */
function workersOf(pid: number): readonly number[] {
  try {
    const own = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    const children = own
      .split('\n')
      .map(Number)
      .filter((each) => each > 0);
    return [...children, ...children.flatMap(workersOf)];
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    const args = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return args.includes(root);
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

async function commitsOf(folder: string): Promise<readonly string[]> {
  const told = await git(folder, 'for-each-ref', '--format=%(refname)', 'refs/heads/cortex/');
  const branches = told.split('\n').filter(Boolean);
  if (branches.length === 0) return [];
  return (await git(folder, 'rev-list', ...branches)).split('\n').filter(Boolean);
}

const faultsOf = (folder: string): Promise<number> =>
  git(folder, 'fsck', '--no-dangling', '--no-progress').then(
    () => 0,
    () => 1,
  );

function rowsOf(found: Found, times: number): Row[] {
  const row = (figure: string, count: number): Row => ({
    figure: `${figure}, ${times} times kill -9`,
    goal: '0',
    measured: String(count),
    ratio: `${found.reached} commits reached`,
    met: count === 0,
  });
  return [
    row('attempts lost', found.lost),
    row('faults of git fsck', found.broken),
    row('processes left after 2 s', found.left),
    row('next run that does not go on', found.stuck),
  ];
}
