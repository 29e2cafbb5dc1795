import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { cortex, startCortex } from '../../../test/integration/cli/cortex.ts';
import { descendantsOf, kill, leftOf } from './processes.ts';
import { attemptsIn, faultsIn, lostBetween, type Held } from './repository.ts';
import { tinyStudy } from './tinyStudy.ts';

/** What killing did, over all runs. */
export interface Harm {
  kills: number;
  lost: number;
  faults: number;
  left: number;
  /** Runs that ended with an error though nobody killed them. */
  stuck: number;
  attempts: number;
}

export const noHarm = (): Harm => ({
  kills: 0,
  lost: 0,
  faults: 0,
  left: 0,
  stuck: 0,
  attempts: 0,
});

/** Kills in one repository; then another one is begun, so that histories stay short. */
const KILLS_IN_ONE = 25;
const IMPROVE = ['improve', 'model.ts', '--runtime', 'wasm'];
/** Rounds that brought nothing end no run here: after many kills there are many of them. */
const TO_THE_LAST = ['--plateau', '1000'];
const ENDLESS = ['--rounds', '1000', ...TO_THE_LAST];

type Victim = 'cortex' | 'worker' | 'everything';
const VICTIMS: readonly Victim[] = ['cortex', 'worker', 'everything'];

/** `kill -9` of `cortex improve`, of its workers, or of both, at any moment of the loop. */
export async function killRuns(times: number, harm: Harm): Promise<void> {
  const lane = async (): Promise<void> => {
    while (harm.kills < times) await killInOneRepository(harm, times);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

async function killInOneRepository(harm: Harm, times: number): Promise<void> {
  const { folder, remove } = await tinyStudy();
  try {
    await runToTheEnd(folder);
    const began = performance.now();
    await runToTheEnd(folder);
    const longest = performance.now() - began;
    let held = await attemptsIn(folder);
    for (let at = 0; at < KILLS_IN_ONE && harm.kills < times; at += 1) {
      harm.kills += 1;
      const seed = String(harm.kills);
      await killOnce(
        folder,
        { seed, longest, victim: VICTIMS[at % VICTIMS.length] ?? 'cortex' },
        harm,
      );
      held = await compare(folder, held, harm);
      if (harm.kills % 10 === 0) console.error(`  ${JSON.stringify(harm)}`);
    }
    await goOn(folder, held, harm);
  } finally {
    await remove();
  }
}

async function runToTheEnd(folder: string): Promise<void> {
  const { code, stderr } = await cortex(folder, ...IMPROVE, '--rounds', '2');
  if (code !== 0) throw new Error(`A run that nobody disturbs fails: ${stderr}`);
}

interface Blow {
  readonly seed: string;
  readonly longest: number;
  readonly victim: Victim;
}

async function killOnce(
  folder: string,
  { seed, longest, victim }: Blow,
  harm: Harm,
): Promise<void> {
  const cli = startCortex(folder, ...IMPROVE, '--seed', seed, ...ENDLESS);
  cli.stdout?.resume();
  let said = '';
  cli.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(cli, 'exit');
  await Promise.race([ended, after(Math.random() * longest)]);
  if (victim === 'worker') {
    killWorkers(cli.pid ?? -1);
    await Promise.race([ended, after((Math.random() * longest) / 4)]);
  }
  if ((cli.exitCode ?? 0) !== 0) {
    harm.stuck += 1;
    console.error(`  ended by itself (${victim}): ${said.slice(-600)}`);
  }
  const started = descendantsOf(cli.pid ?? -1);
  cli.kill('SIGKILL');
  if (victim === 'everything') started.forEach(({ pid }) => kill(pid));
  await ended;
  harm.left += await leftOf(started);
}

function killWorkers(parent: number): void {
  for (const { pid, command } of descendantsOf(parent))
    if (command.includes('worker.cjs')) kill(pid);
}

async function compare(folder: string, before: Held, harm: Harm): Promise<Held> {
  const held = await attemptsIn(folder);
  harm.lost += lostBetween(before, held);
  harm.faults += await faultsIn(folder);
  return held;
}

/** The next run takes in what was left unfinished, and adds to it. */
async function goOn(folder: string, before: Held, harm: Harm): Promise<void> {
  const seed = String(harm.kills);
  const { code, stdout, stderr } = await cortex(
    folder,
    ...IMPROVE,
    '--seed',
    seed,
    '--rounds',
    '3',
    ...TO_THE_LAST,
  );
  const { finished, drafts } = await attemptsIn(folder);
  harm.lost += [...before.finished, ...before.drafts].filter((id) => !finished.has(id)).length;
  harm.attempts += finished.size;
  if (code === 0 && drafts.size === 0 && finished.size > before.finished.size) return;
  harm.stuck += 1;
  console.error(
    `  the next run did not go on: ${code}, ${drafts.size} drafts, ` +
      `${stdout.slice(-600)} ${stderr.slice(-600)}`,
  );
}
