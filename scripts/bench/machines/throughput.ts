import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Executor } from '../../../src/execution/executor.ts';
import type { RayWorkers } from '../../../src/execution/ray/rayWorkers.ts';
import { studyOn } from '../../../test/integration/trainer/harness.ts';
import { startRay, type RayCluster } from '../../../test/support/ray/rayCluster.ts';
import { rayWorkers } from '../../../test/support/ray/rayTrainer.ts';
import type { Row } from '../row.ts';

const TRIAL_SECONDS = 5;
const TRIALS_PER_SLOT = 3;
const SLOTS = [8, 64];
const SHORT_TRIALS = 100;
const GOAL = 0.85;
const GOAL_MS = 20;

/** Trials that sleep on many slots of one node, and what a trial costs that takes no time. */
export async function throughput(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-machines-'));
  const cluster = await startRay({ nodes: 1, cpus: Math.max(...SLOTS) }, join(folder, 'cache'));
  try {
    await mkdir(join(folder, 'dist'));
    const sleeper = join(import.meta.dirname, 'sleeper.cjs');
    await copyFile(sleeper, join(folder, 'dist', 'rayNode.cjs'));
    await writeFile(join(folder, 'package.json'), '{}');
    await mkdir(join(folder, 'study'));
    await writeFile(join(folder, 'study', 'model.ts'), '');
    const alone = await measure(cluster, folder, { slots: 1, seconds: TRIAL_SECONDS });
    const many: Row[] = [];
    for (const slots of SLOTS) {
      const together = await measure(cluster, folder, { slots, seconds: TRIAL_SECONDS });
      many.push(throughputRow(slots, together / alone));
    }
    const short = await measure(cluster, folder, { slots: 1, seconds: 0 });
    return [...many, overheadRow(1000 / short)];
  } finally {
    await cluster.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Trials a second, once all slots are there. */
async function measure(
  { executor }: RayCluster,
  folder: string,
  { slots, seconds }: { readonly slots: number; readonly seconds: number },
): Promise<number> {
  const workers = rayWorkers({ executor, slots, assetFolder: join(folder, 'dist') });
  const study = studyOn(join(folder, 'study'), {});
  await workers.open(study);
  const all = Array.from({ length: slots }, (_, slot) => slot);
  await Promise.all(all.map((slot) => workers.whenFree(slot, () => Promise.resolve())));
  // What is brought to the node once is there before the watch starts.
  await train(workers, study, { trials: slots, seconds: 0 });
  const trials = seconds === 0 ? SHORT_TRIALS : slots * TRIALS_PER_SLOT;
  const started = performance.now();
  await train(workers, study, { trials, seconds });
  const rate = (1000 * trials) / (performance.now() - started);
  await workers.dispose();
  return rate;
}

async function train(
  workers: RayWorkers,
  study: ReturnType<typeof studyOn>,
  { trials, seconds }: { readonly trials: number; readonly seconds: number },
): Promise<void> {
  const one = async (seed: number): Promise<void> => {
    const result = await new Executor(workers).run({
      order: {
        inputs: workers.keep(study),
        runtime: 'sleep',
        variant: { path: study.modelPath, text: '', language: 'typescript' },
        seeds: [seed],
        evaluateOn: 'validation',
        bounds: [],
        limits: { dataSeconds: 60, buildSeconds: 60, trialSeconds: seconds, memoryMB: 1024 },
      },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    if (result.trials[0]?.outcome !== 'completed') throw new Error('A sleeper did not come back.');
  };
  await Promise.all(Array.from({ length: trials }, (_, seed) => one(seed)));
}

const throughputRow = (slots: number, times: number): Row => ({
  figure: `throughput of ${slots} slots, trials of ${TRIAL_SECONDS} s (sleepers)`,
  goal: `≥ ${(GOAL * slots).toFixed(1)} × one slot`,
  measured: `${times.toFixed(1)} ×`,
  ratio: (times / slots).toFixed(2),
  met: times >= GOAL * slots,
});

const overheadRow = (ms: number): Row => ({
  figure: 'the way to a node and back, a trial',
  goal: `≤ ${GOAL_MS} ms`,
  measured: `${ms.toFixed(1)} ms`,
  ratio: (ms / GOAL_MS).toFixed(2),
  met: ms <= GOAL_MS,
});
