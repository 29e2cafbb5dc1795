import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import type { createEngine } from '../../../src/compose.ts';
import type { Engine } from '../../../src/hosts/engine.ts';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { estimatePaired, halfWidth } from '../../../src/judge/pairedComparison.ts';
import { metricOf } from '../../../src/record/measures.ts';
import type { Trial } from '../../../src/record/trial.ts';
import type { Row } from '../row.ts';
import { mean } from './play.ts';
import { writeStudy, type Library } from './realStudies.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const script = join(import.meta.dirname, 'optunaSide.py');
const python = (): string => join(cacheFolder(), 'python', 'bin', 'python');

/** Of wall time for Optuna on each data set, and the epochs of a whole training. */
const SECONDS = Number(process.env['CORTEX_BENCH_SECONDS'] ?? 600);
const EPOCHS = 20;
/** Of the interval in which one side counts as ahead. */
const CONFIDENCE = 0.95;
/** In so much less time Cortex is to reach what Optuna reaches. */
const SOONER = 20;
/** New seeds that both sides' choices are trained with for the test part. */
const SEEDS = [101, 102, 103, 104, 105];
/** Names of data sets, all where nothing is said: `wine,shapes`. */
const ASKED = process.env['CORTEX_BENCH_DATA']?.split(',') ?? [];

/**
 * Real trainings on a real clock: Cortex on its own runtime and on Keras-JAX against Optuna on
 * Keras-JAX, on the same parts of the same data, one after the other; the score is the loss on a
 * test part that none of them saw, of new seeds.
 */
export async function realRows(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-real-'));
  try {
    await run(python(), [script, 'split', join(folder, 'data')]);
    const files = await readdir(join(folder, 'data'));
    const names = files.map((file) => file.replace('.json', ''));
    const raced: Raced[] = [];
    const failed: Row[] = [];
    for (const name of names.filter((one) => ASKED.length === 0 || ASKED.includes(one)))
      await raceOn(name, folder).then(
        (all) => raced.push(...all),
        (error: unknown) => failed.push(failedRow(name, error)),
      );
    return [...raced.map(rowOf), ...failed, togetherRow(raced)];
  } catch (error) {
    return [failedRow('Real trainings against Optuna', error)];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function failedRow(figure: string, error: unknown): Row {
  const why = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
  const measured = `cannot be run here (npm run python): ${why ?? ''}`;
  return { figure, goal: 'no worse', measured, ratio: '–', met: false };
}

/** What each side came to on one data set in one time. */
interface Raced {
  readonly name: string;
  readonly by: Library;
  readonly seconds: number;
  readonly own: Side;
  readonly other: Side;
}

async function raceOn(name: string, folder: string): Promise<readonly Raced[]> {
  const data = join(folder, 'data', `${name}.json`);
  console.error(`  ${name}, Optuna, ${SECONDS} s`);
  const order = [data, SECONDS, EPOCHS, SEEDS.join(',')].map(String);
  const { stdout } = await run(python(), [script, 'run', ...order]);
  const other = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Side;
  const raced: Raced[] = [];
  for (const by of ['tfjs', 'Keras'] as const)
    for (const seconds of [SECONDS / SOONER, SECONDS]) {
      const own = await searched({ name, data, by, seconds });
      const race = { name, by, seconds, other, own };
      console.error(`  ${rowOf(race).figure}: ${rowOf(race).measured}`);
      raced.push(race);
    }
  return raced;
}

const rowOf = ({ name, by, seconds, own, other }: Raced): Row => ({
  figure: `${name}, ${by}: test loss after ${seconds} s`,
  goal: `no worse than Optuna after ${SECONDS} s`,
  measured:
    `${mean(own.losses).toFixed(4)} (${own.trials} tried), Optuna ` +
    `${mean(other.losses).toFixed(4)} (${other.trials} tried): ${judged(own.losses, other.losses)}`,
  ratio: (mean(other.losses) / mean(own.losses)).toFixed(2),
  met: mean(own.losses) <= mean(other.losses),
});

/** In a twentieth of the time, over all that was raced. */
function togetherRow(raced: readonly Raced[]): Row {
  const early = raced.filter(({ seconds }) => seconds < SECONDS);
  const ofEach = (side: 'own' | 'other'): readonly number[] =>
    early.map((each) => Math.log(mean(each[side].losses)));
  const factor = Math.exp(mean(ofEach('other')) - mean(ofEach('own')));
  const reached = early.filter(({ own, other }) => mean(own.losses) <= mean(other.losses)).length;
  return {
    figure: `All: Optuna's loss after ${SECONDS} s against Cortex's in 1/${SOONER} of the time`,
    goal: '≥ 1 (geometric mean)',
    measured:
      `no worse in ${reached} of ${early.length}; over all: ` +
      judged(ofEach('own'), ofEach('other')),
    ratio: factor.toFixed(2),
    met: factor >= 1,
  };
}

/** Who is ahead by the paired difference, pair by pair; below is better. */
function judged(own: readonly number[], other: readonly number[]): string {
  const of = (values: readonly number[]): readonly Trial[] => values.map(trialOf);
  const estimate = estimatePaired(of(own), of(other), { metric: 'loss', noise: null });
  const half = halfWidth(estimate, CONFIDENCE);
  if (half === null || Math.abs(estimate.mean) <= half) return 'neither is ahead';
  return estimate.mean < 0 ? 'Cortex is ahead' : 'Optuna is ahead';
}

const trialOf = (loss: number, seed: number): Trial => ({
  outcome: 'completed',
  seed,
  measures: { loss },
  curves: {},
  epochs: EPOCHS,
  seconds: { fit: 0, total: 0 },
});

interface Side {
  /** Of the choice on the test part, one of each seed. */
  readonly losses: readonly number[];
  readonly trials: number;
}

interface Order {
  readonly name: string;
  readonly data: string;
  readonly by: Library;
  readonly seconds: number;
}

async function searched({ name, data, by, seconds }: Order): Promise<Side> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-real-study-'));
  const engine = engineOf();
  try {
    const model = await writeStudy(folder, { name, data, by, epochs: EPOCHS });
    await run('git', ['init', '-q'], { cwd: folder });
    const study = await engine.openStudy(model);
    const { signal } = new AbortController();
    const report = await engine.search(study, { minutes: seconds / 60, seed: 1, signal });
    const chosen = report.winner ?? report.best;
    const { config } = await engine.attempt(study, chosen.id);
    const again = { ...study, config: { ...config, seeds: [...SEEDS] } };
    return { losses: await sealedLosses(engine, again, chosen.id), trials: report.standing.tried };
  } finally {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function sealedLosses(
  engine: Engine,
  study: Parameters<Engine['unseal']>[0],
  id: string,
): Promise<readonly number[]> {
  const { attempt } = await engine.unseal(study, id, new AbortController().signal);
  return metricOf(attempt.trials, 'test_loss')?.values ?? [];
}

function engineOf(): Engine {
  const distFolder = join(process.cwd(), 'dist');
  const built = require(join(distFolder, 'engine.cjs')) as { createEngine: typeof createEngine };
  return built.createEngine({
    workers: 2,
    reviewer: acceptEverything,
    onEvent: () => undefined,
    distFolder,
    nodePath: process.execPath,
    builderNames: [],
    python: python(),
    runtime: 'auto',
    cortexVersion: '0.0.0',
  });
}
