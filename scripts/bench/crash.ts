import { killHosts } from './crash/hosts.ts';
import { killRuns, noHarm, type Harm } from './crash/kills.ts';
import { fullDisk, harmedReadOnly, missingOfFour } from './crash/refusals.ts';
import { changedStates } from './crash/states.ts';
import type { Row } from './row.ts';

/** `--times=1000` is what Cortex promises; an hour or so. */
const TIMES = 40;
/** An extension host takes some ten seconds to come back. */
const RUNS_PER_HOST = 100;
const EACH_WRITES = 25;

/** `kill -9` at any moment, writers side by side, full disks, odd repositories. */
export async function bench(): Promise<Row[]> {
  const asked = process.argv.find((argument) => argument.startsWith('--times='));
  const times = asked === undefined ? TIMES : Number(asked.slice('--times='.length));
  const harm = noHarm();
  const hosts = Math.max(1, Math.floor(times / RUNS_PER_HOST));
  const others = [...(await refusals()), ...(await states())];
  await killHosts(hosts, harm);
  await killRuns(times, harm);
  return [...killed(harm, hosts), ...others];
}

function killed(harm: Harm, hosts: number): Row[] {
  const row = (figure: string, count: number): Row => ({
    figure: `${figure}, ${harm.kills} times kill -9 (${hosts} of the extension host)`,
    ...goal(count, `${harm.attempts} attempts`),
  });
  return [
    row('attempts lost', harm.lost),
    row('faults of git fsck', harm.faults),
    row('processes left after 2 s', harm.left),
    row('next run that does not go on', harm.stuck),
  ];
}

async function refusals(): Promise<Row[]> {
  const missing = await missingOfFour(EACH_WRITES);
  const { how, sizes, refused, harmed } = await fullDisk();
  return [
    {
      figure: 'attempts missing, four writers at once on one study',
      ...goal(missing, `${4 * EACH_WRITES} attempts`),
    },
    {
      figure: `disk full at every write (${how})`,
      ...goal(harmed, `${refused} of ${sizes} refused`),
    },
    { figure: 'read-only .git', ...goal(await harmedReadOnly(), '–') },
  ];
}

async function states(): Promise<Row[]> {
  const { all, changed } = await changedStates();
  return [
    { figure: 'repository states not byte-identical afterwards', ...goal(changed, `of ${all}`) },
  ];
}

/** None is to happen. */
const goal = (count: number, ratio: string): Omit<Row, 'figure'> => ({
  goal: '0',
  measured: String(count),
  ratio,
  met: count === 0,
});
