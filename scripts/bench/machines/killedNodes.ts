import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import { judgeTrials } from '../../../src/judge/judgeTrials.ts';
import { openRace } from '../../../src/judge/race.ts';
import type { Trial } from '../../../src/record/trial.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import {
  builderText,
  makeTrainer,
  NEVER,
  projectStudy,
  variantOf,
} from '../../../test/integration/trainer/harness.ts';
import { startRay, type RayCluster } from '../../../test/support/ray/rayCluster.ts';
import { rayWorkers } from '../../../test/support/ray/rayTrainer.ts';
import type { Row } from '../row.ts';

const KILLS = 20;
const NODES = 3;
const CPUS = 2;
const SEEDS_PER_RACE = 3;

/** Steps of one row: an epoch takes a while, its numbers few. */
const study = projectStudy('blobs', { epochs: 12, batchSize: 1 });
const PARENT = builderText();
const CHILD = builderText({
  layers:
    `tf.layers.dense({ units: 12, activation: 'relu', inputShape }), tf.layers.dense({ units: ` +
    `outputUnits, activation: 'softmax' })`,
});

/** What was trained of a race: the parent's trials and the child's. */
interface Raced {
  readonly parent: readonly Trial[];
  readonly child: readonly Trial[];
  /** How often each of its trials was told of. */
  readonly told: readonly number[];
}

/** Races on six slots of three nodes, one of which is killed at random, again and again. */
export async function killedNodes(): Promise<Row[]> {
  const cache = await mkdtemp(join(tmpdir(), 'cortex-machines-'));
  const cluster = await startRay({ nodes: NODES, cpus: CPUS }, cache);
  const slots = NODES * CPUS;
  const there = makeTrainer({ elsewhere: rayWorkers({ executor: cluster.executor, slots }) });
  const races: Raced[] = [];
  try {
    await race(there, 1000);
    let isOver = false;
    const killing = killAll(cluster).finally(() => {
      isOver = true;
    });
    while (!isOver) races.push(...(await both(there, races.length)));
    await killing;
  } finally {
    await there.dispose();
    await cluster.close();
    await rm(cache, { recursive: true, force: true, maxRetries: 5 });
  }
  return rowsOf(races, await again(races.length));
}

/** Two races side by side: as many trials as there are slots, twice. */
const both = (trainer: WorkerTrainer, first: number): Promise<Raced[]> =>
  Promise.all([race(trainer, first), race(trainer, first + 1)]);

async function race(trainer: WorkerTrainer, number: number): Promise<Raced> {
  const told: number[] = [];
  const [parent, child] = await Promise.all(
    [PARENT, CHILD].map(async (text) => {
      const { trials } = await trainer.train({
        study,
        variant: variantOf(study, text),
        seeds: Array.from({ length: SEEDS_PER_RACE }, (_, at) => 1 + number * SEEDS_PER_RACE + at),
        evaluateOn: 'validation',
        signal: NEVER,
        onProgress: () => undefined,
        onTrial: ({ seed }) => told.push(seed),
      });
      return trials;
    }),
  );
  return { parent: parent ?? [], child: child ?? [], told };
}

async function killAll(cluster: RayCluster): Promise<void> {
  const random = seededRandom(1);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3000 * random.next()));
    await cluster.kill(Math.floor(NODES * random.next()));
    await cluster.add();
    console.error(`  ${kill + 1} of ${KILLS} nodes killed`);
  }
}

/** The same races on this machine. */
async function again(count: number): Promise<readonly Raced[]> {
  const here = makeTrainer({ workers: 2 });
  const races: Raced[] = [];
  for (let number = 0; number < count; number += 1) races.push(await race(here, number));
  await here.dispose();
  return races;
}

function rowsOf(races: readonly Raced[], local: readonly Raced[]): Row[] {
  const all = races.flatMap(({ parent, child }) => [...parent, ...child]);
  const expected = races.length * 2 * SEEDS_PER_RACE;
  const ended = all.filter(({ outcome }) => outcome === 'completed').length;
  const told = races.reduce((sum, { told: own }) => sum + own.length, 0);
  const differing = races.filter(
    (own, at) => JSON.stringify(numbersOf(own)) !== JSON.stringify(numbersOf(local[at])),
  ).length;
  const verdicts = races.filter((own, at) => verdictOf(own) !== verdictOf(local[at])).length;
  const row = (figure: string, count: number, of: string): Row => ({
    figure: `${figure}, ${KILLS} random kills of one of ${NODES} nodes`,
    goal: '0',
    measured: `${count} of ${of}`,
    ratio: '–',
    met: count === 0,
  });
  return [
    row('trials lost', expected - ended, `${expected} trials`),
    row('trials counted twice', told - ended, `${expected} trials`),
    row('verdicts other than here', verdicts, `${races.length} races`),
    row('races with another number than here', differing, `${races.length} races`),
  ];
}

/** What the races came to, without times and memory. */
const numbersOf = (raced: Raced | undefined): unknown =>
  [...(raced?.parent ?? []), ...(raced?.child ?? [])].map((trial) => [
    trial.seed,
    trial.outcome,
    trial.curves,
  ]);

function verdictOf(raced: Raced | undefined): string {
  if (!raced) return 'none';
  const { verdict } = judgeTrials(raced.child, [{ id: 'parent', trials: raced.parent }], {
    objective: { metric: 'val_loss', direction: 'minimize' },
    race: openRace(SEEDS_PER_RACE),
    noise: null,
    minimumEffect: 0,
    further: [],
    measures: { own: {}, parent: {} },
  });
  return `${verdict.kind} ${verdict.text}`;
}
