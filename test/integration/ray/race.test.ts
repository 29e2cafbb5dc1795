import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TrainProgress } from '../../../src/ports/trainer.ts';
import type { Trial } from '../../../src/record/trial.ts';
import { startRay, type RayCluster } from '../../support/ray/rayCluster.ts';
import { rayWorkers } from '../../support/ray/rayTrainer.ts';
import { until } from '../../until.ts';
import { makeTrainer, NEVER, projectStudy, builderText, variantOf } from '../trainer/harness.ts';

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

describe('a race on a Ray cluster of two nodes', () => {
  let cache: string;
  let cluster: RayCluster;

  before(async () => {
    cache = await mkdtemp(join(tmpdir(), 'cortex-nodes-'));
    cluster = await startRay({ nodes: 2, cpus: 1 }, cache);
  });

  after(async () => {
    await cluster.close();
    await rm(cache, { recursive: true, force: true, maxRetries: 5 });
  });

  test('brings what it brings here, though both nodes are lost in the middle', async () => {
    const here = makeTrainer();
    const alone = await here.train({ ...request, onProgress: () => undefined });
    await here.dispose();

    const notices: string[] = [];
    const elsewhere = rayWorkers({ executor: cluster.executor, slots: 2 }, notices);
    const trainer = makeTrainer({ elsewhere });
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
    await trainer.dispose();

    assert.deepEqual(there.trials.map(outcomeOf), alone.trials.map(outcomeOf));
    assert.equal(there.dataHash, alone.dataHash);
    assert.deepEqual(told.toSorted(), SEEDS.toSorted(), 'each trial is told of once');
    const begun = seen.filter(({ epoch }) => epoch === 1).map(({ seed }) => seed);
    assert.ok(begun.length > new Set(begun).size, 'what was lost was begun again');
    assert.match(notices.join(), /^Ray [\d.]+: 2 nodes with room for 2 trials side by side\./);
  });

  test('leaves no process of Cortex behind on the nodes', async () => {
    await until('the nodes to be empty', () => processesOf(cache).length === 0);
  });
});

async function loseAll(cluster: RayCluster): Promise<void> {
  await cluster.kill(0);
  await cluster.kill(0);
  await cluster.add();
  await cluster.add();
}
