import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../../test/integration/cli/cortex.ts';
import {
  repository,
  run,
  temporaryFolder,
  untouched,
} from '../../../test/integration/git/helpers.ts';
import { attemptsIn, faultsIn } from './repository.ts';

const WORKER = join(root, 'test', 'integration', 'git', 'worker.ts');
const isRoot = process.getuid?.() === 0;

/** Records `count` attempts in the study `digits` of a repository, in a process of its own. */
const recordArguments = (repo: string, name: string, count: number): readonly string[] => [
  WORKER,
  join(repo, 'digits'),
  'record',
  name,
  String(count),
];

/** Four processes record into one study at once: attempts that are missing afterwards. */
export async function missingOfFour(each: number): Promise<number> {
  const repo = repository();
  const writers = ['ann', 'bob', 'cyd', 'dan'].map((name) =>
    once(spawn(process.execPath, [...recordArguments(repo, name, each)]), 'exit'),
  );
  await untouched(repo, () => Promise.all(writers));
  const { finished, drafts } = await attemptsIn(repo);
  return writers.length * each - finished.size + drafts.size + (await faultsIn(repo));
}

/** What a disk that fills up did, at each of these sizes. */
export interface FullDisk {
  readonly how: 'a disk of its own' | 'a limit on the size of files';
  readonly sizes: number;
  /** Sizes at which recording was refused. */
  readonly refused: number;
  readonly harmed: number;
}

const STEP_KB = 4;
/** So many records in a row that were written: there is room enough. */
const ENOUGH = 3;

/**
 * Records where the disk is full after one block more each time, so that every write is the one
 * that fails: what stood before must stand, and the next record must succeed.
 */
export async function fullDisk(): Promise<FullDisk> {
  const mounted = canMount();
  const how = mounted ? 'a disk of its own' : 'a limit on the size of files';
  let [refused, harmed, written, size] = [0, 0, 0, 0];
  for (; written < ENOUGH; size += 1) {
    const { wasRefused, isHarmed } = mounted ? onFullMount(size) : await underLimit(size);
    refused += Number(wasRefused);
    harmed += Number(isHarmed);
    written = wasRefused ? 0 : written + 1;
  }
  return { how, sizes: size, refused, harmed };
}

interface Outcome {
  readonly wasRefused: boolean;
  readonly isHarmed: boolean;
}

const unshare = (script: string): ReturnType<typeof spawnSync> =>
  spawnSync('unshare', [...(isRoot ? ['-m'] : ['-Urm']), 'sh', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });

function canMount(): boolean {
  const disk = temporaryFolder();
  return unshare(`mount -t tmpfs -o size=100k none "${disk}"`).status === 0;
}

/** A small disk with all but so many blocks of 4 kB filled; temporary files lie on it, too. */
function onFullMount(blocks: number): Outcome {
  const disk = temporaryFolder();
  const record = (name: string): string =>
    `TMPDIR="${disk}/tmp" "${process.execPath}" "${WORKER}" "${disk}/repo/digits" record ${name} 1`;
  const tip = `git -C "${disk}/repo" rev-parse cortex/digits`;
  const script = [
    `mount -t tmpfs -o size=2m none "${disk}"`,
    `mkdir "${disk}/tmp" && cp -r "${repository()}" "${disk}/repo"`,
    record('before'),
    `before=$(${tip})`,
    `head -c ${blocks * STEP_KB * 1024} /dev/zero > "${disk}/kept"`,
    `cat /dev/zero > "${disk}/fill" 2>/dev/null; rm "${disk}/kept"`,
    `${record('full')} > "/dev/null" && echo written`,
    `now=$(${tip})`,
    `[ "$now" = "$before" ] || [ "$(${tip}~1)" = "$before" ] || echo HARMED`,
    `rm "${disk}/fill"`,
    `git -C "${disk}/repo" fsck --strict --no-dangling > "/dev/null" 2>&1 || echo HARMED`,
    `find "${disk}/repo/.git" -name "*.lock" | grep . && echo HARMED`,
    `${record('after')} || echo HARMED`,
  ].join('\n');
  const said = String(unshare(script).stdout);
  if (said.includes('HARMED')) console.error(`  full after ${blocks} blocks: ${said}`);
  return { wasRefused: !said.includes('written'), isHarmed: said.includes('HARMED') };
}

/** No file may grow beyond so many blocks of 512 bytes. */
async function underLimit(blocks: number): Promise<Outcome> {
  const repo = repository();
  execFileSync(process.execPath, recordArguments(repo, 'before', 1));
  const before = run(repo, 'rev-parse', 'cortex/digits');
  const command = [process.execPath, ...recordArguments(repo, 'full', 1)];
  const limited = `ulimit -f ${blocks} && exec ${command.map((word) => `"${word}"`).join(' ')}`;
  const { status } = spawnSync('sh', ['-c', limited]);
  const tips = run(repo, 'rev-list', 'cortex/digits').split('\n');
  const stands = [tips[0], tips[1]].includes(before.trim());
  const after = spawnSync(process.execPath, recordArguments(repo, 'after', 1));
  const isHarmed = !stands || (await faultsIn(repo)) > 0 || after.status !== 0;
  return { wasRefused: status !== 0, isHarmed };
}

/** A `.git` that cannot be written: the history is listed, a record is refused, nothing changes. */
export async function harmedReadOnly(): Promise<number> {
  const repo = repository();
  execFileSync(process.execPath, recordArguments(repo, 'before', 1));
  const owner = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  if (isRoot) execFileSync('chown', ['-R', '65534:65534', repo]);
  execFileSync('chmod', ['-R', 'a-w', join(repo, '.git')]);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', HOME: '/nonexistent' };
  const as = { env, encoding: 'utf8', ...owner } as const;
  const listed = spawnSync(process.execPath, [WORKER, join(repo, 'digits'), 'list'], as);
  const refused = spawnSync(process.execPath, recordArguments(repo, 'refused', 1), as);
  execFileSync('chmod', ['-R', 'u+w', join(repo, '.git')]);
  if (isRoot) execFileSync('chown', ['-R', '0:0', repo]);
  const { finished } = await attemptsIn(repo);
  const isAsExpected = listed.status === 0 && refused.stdout.trim() === 'git-read-only';
  return Number(!isAsExpected) + Math.abs(finished.size - 1) + (await faultsIn(repo));
}
