/** An autopilot left alone on the examples, killed twice, and its report held against git. */
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documents } from '../../src/show/documents/contract.ts';
import { changeStudy, linkPackages } from '../../test/vscode/workspace.ts';
import { cortex, git, root, startCortex } from '../../test/integration/cli/cortex.ts';
import { pythonFolder, pythonIn } from '../../test/python/environment.ts';
import { until } from '../../test/until.ts';
import { checkReport, type Report } from './autopilot/checkReport.ts';
import type { Row } from './row.ts';

/** `--minutes=60` is what Cortex promises. */
const MINUTES = 6;
const KILLS = 2;
const STUDIES = ['digits', 'keras-digits'];

/** Goes on whatever else the machine does: a bench is measured now. */
const SETTINGS = { minutes: 2, rounds: 2, maxLoad: 100_000, onBattery: true, modelKB: 3 };

export async function bench(): Promise<Row[]> {
  const asked = process.argv.find((argument) => argument.startsWith('--minutes='));
  const minutes = asked === undefined ? MINUTES : Number(asked.slice('--minutes='.length));
  const folder = await examples();
  try {
    const before = await filesOf(folder);
    const drafts = new Set<string>();
    const end = Date.now() + minutes * 60_000;
    for (let kill = 0; kill < KILLS; kill++) {
      const left = await killIn(folder, (minutes * 60_000) / (KILLS + 1));
      for (const id of left) drafts.add(id);
    }
    const hours = Math.max(1 / 60, (end - Date.now()) / 3_600_000);
    const run = await cortex(folder, ...command(hours), '--json');
    if (run.code !== 0) throw new Error(`The last run failed: ${run.stderr.slice(-2000)}`);
    const report = documents.autopilot.parse(JSON.parse(run.stdout));
    return await rowsOf(folder, { report, drafts, before, minutes });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const command = (hours: number): readonly string[] => [
  'autopilot',
  ...STUDIES,
  ...['--hours', String(hours), '--tasks', '2', '--workers', '1'],
  ...['--python', pythonIn(pythonFolder())],
];

/** Both examples in one repository. */
async function examples(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  await linkPackages(root, parent);
  const folder = join(parent, 'examples');
  for (const name of STUDIES)
    await cp(join(root, 'examples', name), join(folder, name), { recursive: true });
  await writeFile(join(folder, 'keras-digits', 'cortex.json'), '{}');
  for (const name of STUDIES) await changeStudy(join(folder, name), { autopilot: SETTINGS });
  await git(folder, 'init', '-q');
  await git(folder, 'config', 'user.name', 'Ada');
  await git(folder, 'config', 'user.email', 'ada@example.org');
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-qm', 'examples');
  return folder;
}

/** Everything in the folder but git's own, and its index, by content. */
async function filesOf(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes(join(folder, '.git')) || path.endsWith('.git/index'))
    .toSorted();
  const sums = await Promise.all(
    names.map(async (path) => `${path} ${sumOf(await readFile(path))}`),
  );
  return [...sums, await git(folder, 'symbolic-ref', 'HEAD')].join('\n');
}

const sumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const draftsIn = async (folder: string): Promise<readonly string[]> =>
  (await git(folder, 'for-each-ref', '--format=%(refname)', 'refs/cortex/drafts/'))
    .split('\n')
    .filter((line) => line !== '')
    .map((ref) => ref.slice(ref.lastIndexOf('/') + 1));

/** Between two trials there may be a search for what to try, on a busy machine. */
const LONGEST_PAUSE_SECONDS = 1200;

/** Kills an autopilot in a trial, no sooner than after so long; the drafts it leaves. */
async function killIn(folder: string, milliseconds: number): Promise<readonly string[]> {
  const child = startCortex(folder, ...command(1));
  child.stdout?.resume();
  child.stderr?.pipe(process.stderr);
  const ended = once(child, 'exit');
  const soonest = Date.now() + milliseconds;
  const drafts = await until(
    'a trial to kill',
    async () => {
      const found = await draftsIn(folder);
      return Date.now() >= soonest && found.length > 0 ? found : null;
    },
    milliseconds / 1000 + LONGEST_PAUSE_SECONDS,
  );
  child.kill('SIGKILL');
  await ended;
  return [...drafts, ...(await draftsIn(folder))];
}

interface Outcome {
  readonly report: Report;
  /** Ids of attempts that were under way when it was killed. */
  readonly drafts: ReadonlySet<string>;
  readonly before: string;
  readonly minutes: number;
}

async function rowsOf(
  folder: string,
  { report, drafts, before, minutes }: Outcome,
): Promise<Row[]> {
  const { lines, wrong } = await checkReport(folder, report);
  const cycles = report.studies.flatMap((study) => study.cycles);
  const told = new Set(cycles.flatMap(({ attempts }) => attempts.map(({ id }) => id)));
  const lost = [...drafts].filter((id) => !told.has(id));
  const changed = (await filesOf(folder)) === before ? 0 : 1;
  const kinds = [...new Set(cycles.map(({ kind }) => kind))].join(', ');
  const promoted = report.studies.flatMap(({ promotions }) => promotions);
  for (const { text } of promoted) console.error(`  promoted ${text}`);
  return [
    row(`report against git, ${minutes} min, ${KILLS} kills`, wrong.length, `${lines} lines`),
    row('attempts under way at a kill that are in no cycle', lost.length, `of ${drafts.size}`),
    row('user’s files, index and HEAD changed', changed, `${STUDIES.length} studies`),
    {
      figure: `cycles (${kinds})`,
      goal: '> 0',
      measured: String(cycles.length),
      ratio: `${promoted.length} promoted`,
      met: cycles.length > 0,
    },
  ];
}

/** None is to happen. */
const row = (figure: string, count: number, ratio: string): Row => ({
  figure,
  goal: '0',
  measured: String(count),
  ratio,
  met: count === 0,
});
