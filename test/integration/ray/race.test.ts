import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CommandTrainer } from '../../../src/execution/command/commandTrainer.ts';
import type { RayWorkers } from '../../../src/execution/ray/rayWorkers.ts';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import type { Trial } from '../../../src/record/trial.ts';
import { rayPython, startRay, type RayCluster } from '../../support/ray/rayCluster.ts';
import { rayWorkers } from '../../support/ray/rayTrainer.ts';
import { until } from '../../until.ts';
import { smallStudy } from '../autopilot/smallStudy.ts';
import { cortex, git, startCortex } from '../cli/cortex.ts';
import { commandTrainer, runText } from '../command/commandStudies.ts';
import {
  builderText,
  makeFolder,
  makeTrainer,
  NEVER,
  projectStudy,
  studyOn,
  variantOf,
} from '../trainer/harness.ts';

const SEEDS = [3, 1, 2];
/** Steps of one row: an epoch takes a while, its numbers few. */
const study = projectStudy('blobs', { epochs: 12, batchSize: 1 });
const request = {
  study,
  variant: variantOf(study, builderText()),
  seeds: SEEDS,
  evaluateOn: 'validation',
  signal: NEVER,
} as const;

/** What a trial came to, without the time and the memory it took. */
function outcomeOf(trial: Trial): object {
  const { seconds: _, ...outcome } = trial;
  if (outcome.outcome === 'failed') return outcome;
  const { seconds: __, memoryMB: ___, ...measures } = outcome.measures;
  return { ...outcome, measures };
}

/** Processes whose command line names a folder. */
const processesOf = (folder: string): readonly string[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));

/** A program in another language, and a file that it reads. */
const PROGRAM = `BEGIN {
  getline goal < "goal.txt"
  for (epoch = 1; epoch <= epochs; epoch++)
    printf "epoch %d val_loss %.4f\\n", epoch, goal + seed / 100 + 1 / epoch
  print "weights" > "weights.txt"
}
`;

describe('a Ray cluster of two nodes', () => {
  const notices: string[] = [];
  let cache: string;
  let cluster: RayCluster;
  let elsewhere: RayWorkers;
  let trainer: CommandTrainer;
  /** Trained here while the cluster comes up. */
  let alone: TrainResult;

  before(async () => {
    cache = await mkdtemp(join(tmpdir(), 'cortex-nodes-'));
    const here = makeTrainer();
    const onlyHere = here.train({ ...request, onProgress: () => undefined });
    [cluster, alone] = await Promise.all([startRay({ nodes: 2, cpus: 1 }, cache), onlyHere]);
    elsewhere = rayWorkers({ executor: cluster.executor, slots: 2 }, notices);
    trainer = commandTrainer(elsewhere);
    await here.dispose();
  });

  after(async () => {
    await cluster.close();
    await rm(cache, { recursive: true, force: true, maxRetries: 5 });
  });

  test('runs a command as it runs here, and leaves its folder alone', async (t) => {
    const { folder, remove } = await makeFolder({ 'model.awk': PROGRAM, 'goal.txt': '0.5\n' });
    t.after(remove);
    const train = 'awk -v seed={seed} -v epochs={epochs} -f model.awk';
    const own = studyOn(folder, { train, epochs: 4 }, 'model.awk');
    const text = PROGRAM.replace('1 / epoch', '2 / epoch');
    const local = commandTrainer();
    const here = await runText(local, own, { text, seeds: SEEDS });
    await local.dispose();
    const told: TrainProgress[] = [];
    const there = await runText(trainer, own, {
      text,
      seeds: SEEDS,
      onProgress: (progress) => told.push(progress),
    });
    assert.deepEqual(there.trials.map(outcomeOf), here.trials.map(outcomeOf));
    assert.equal(there.environment.runtime, 'command');
    for (const seed of SEEDS)
      assert.deepEqual(
        told.filter((each) => each.seed === seed).map(({ epoch }) => epoch),
        [1, 2, 3, 4],
      );
    assert.deepEqual((await readdir(folder)).toSorted(), ['goal.txt', 'model.awk']);
    const again = await runText(trainer, own, { text, seeds: [5] });
    assert.equal(again.trials[0]?.outcome, 'completed', 'nor does it find what the last one left');
    const broken = await runText(trainer, own, { text: 'BEGIN { exit 3 }\n', seeds: SEEDS });
    const [failed, ...others] = broken.trials;
    assert.match(failed?.outcome === 'failed' ? failed.failure.message : '', /ended with code 3/);
    assert.ok(others.length < SEEDS.length, 'what cannot run is not tried with every seed');
  });

  test('brings what it brings here, though both nodes are lost in the middle', async () => {
    const seen: TrainProgress[] = [];
    const told: number[] = [];
    let lost: Promise<void> | null = null;
    const there = await trainer.train({
      ...request,
      onProgress: (progress) => {
        seen.push(progress);
        lost ??= loseAll(cluster);
      },
      onTrial: ({ seed }) => told.push(seed),
    });
    await lost;

    assert.deepEqual(there.trials.map(outcomeOf), alone.trials.map(outcomeOf));
    assert.equal(there.dataHash, alone.dataHash);
    assert.deepEqual(told.toSorted(), SEEDS.toSorted(), 'each trial is told of once');
    const begun = seen.filter(({ epoch }) => epoch === 1).map(({ seed }) => seed);
    assert.ok(begun.length > new Set(begun).size, 'what was lost was begun again');
    assert.match(notices.join(), /^Ray [\d.]+: 2 nodes with room for 2 trials side by side\./);
  });

  test('leaves no process of Cortex behind on the nodes', async () => {
    await trainer.dispose();
    await until('the nodes to be empty', () => processesOf(cache).length === 0);
  });

  test('loses no finished trial of a driver that is killed beside another one', async (t) => {
    const small = await smallStudy({ epochs: 100, seeds: 3 });
    t.after(small.remove);
    const where = ['--executor', cluster.executor, '--workers', '1', '--python', rayPython()];
    const train = ['train', 'model.ts', '--runtime', 'wasm', ...where];
    const mine = await small.mine();
    const killed = startCortex(small.folder, ...train);
    killed.stdout?.resume();
    killed.stderr?.resume();
    const draft = await until('a trial of the first', () => trialsInDrafts(small.folder), 120);
    const other = cortex(small.folder, ...train, '--json');
    const ended = once(killed, 'exit');
    killed.kill('SIGKILL');
    await ended;
    const { code, stderr } = await other;
    assert.equal(code, 0, stderr);
    await cortex(small.folder, 'history', 'model.ts');
    const seeds = (await recordsOf(small.folder)).map(seedsIn);
    assert.equal(seeds.length, 2, 'an attempt of each');
    assert.ok(
      seeds.every((each) => new Set(each).size === each.length),
      'none counts twice',
    );
    assert.ok(
      seeds.some((each) => draft.every((seed) => each.includes(seed))),
      'what had ended',
    );
    assert.ok(
      seeds.some((each) => each.toSorted().join() === '1,2,3'),
      'and all of the other',
    );
    assert.equal(await small.mine(), mine);
    await until('the nodes to be empty', () => processesOf(cache).length === 0);
  });
});

interface Recorded {
  readonly number: number;
  readonly trials: readonly { readonly seed: number; readonly outcome: string }[];
}

const seedsIn = ({ trials }: Recorded): readonly number[] =>
  trials.filter(({ outcome }) => outcome === 'completed').map(({ seed }) => seed);

const recordAt = async (folder: string, commit: string): Promise<Recorded> =>
  JSON.parse(await git(folder, 'show', `${commit}:.cortex/attempt.json`)) as Recorded;

/** What stands on the study's branch. */
async function recordsOf(folder: string): Promise<readonly Recorded[]> {
  const commits = await git(folder, 'rev-list', 'cortex/small', '^main');
  return Promise.all(lines(commits).map((commit) => recordAt(folder, commit)));
}

/** Seeds that have ended in unfinished attempts; `null` where none has. */
async function trialsInDrafts(folder: string): Promise<readonly number[] | null> {
  const refs = await git(folder, 'for-each-ref', '--format=%(objectname)', 'refs/cortex/drafts/');
  const drafts = await Promise.all(lines(refs).map((commit) => recordAt(folder, commit)));
  const seeds = drafts.flatMap(seedsIn);
  return seeds.length === 0 ? null : seeds;
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

async function loseAll(cluster: RayCluster): Promise<void> {
  await cluster.kill(0);
  await cluster.kill(0);
  await cluster.add();
  await cluster.add();
}
