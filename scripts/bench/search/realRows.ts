import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import type { createEngine } from '../../../src/compose.ts';
import type { Engine } from '../../../src/hosts/engine.ts';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { metricOf } from '../../../src/record/measures.ts';
import type { Row } from '../row.ts';
import { mean } from './play.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const script = join(import.meta.dirname, 'optunaSide.py');
const python = (): string => join(cacheFolder(), 'python', 'bin', 'python');

/** Of wall time for each side on each data set, and the epochs of a whole training. */
const SECONDS = Number(process.env['CORTEX_BENCH_SECONDS'] ?? 60);
const EPOCHS = 20;

/**
 * Real trainings on a real clock: Cortex on its own runtime against Optuna on Keras-JAX, on the
 * same parts of the same data, one after the other; the score is the loss on a test part that
 * neither saw, of new seeds.
 */
export async function realRows(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-real-'));
  try {
    await run(python(), [script, 'split', join(folder, 'data')]);
    const rows: Row[] = [];
    for (const file of await readdir(join(folder, 'data'))) rows.push(await rowOf(folder, file));
    return rows;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const measured = `cannot be run here (npm run python): ${why}`;
    const figure = 'Real trainings against Optuna';
    return [{ figure, goal: 'no worse', measured, ratio: '–', met: false }];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function rowOf(folder: string, file: string): Promise<Row> {
  const name = file.replace('.json', '');
  const data = join(folder, 'data', file);
  const own = await searched(folder, name, data);
  const { stdout } = await run(python(), [script, 'run', data, String(SECONDS), String(EPOCHS)]);
  const other = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Side;
  return {
    figure: `${name}: test loss after ${SECONDS} s`,
    goal: 'no worse than Optuna',
    measured:
      `${own.test.toFixed(4)} (${own.trials} tried), Optuna ${other.test.toFixed(4)} ` +
      `(${other.trials} tried)`,
    ratio: (other.test / own.test).toFixed(2),
    met: own.test <= other.test,
  };
}

interface Side {
  readonly test: number;
  readonly trials: number;
}

async function searched(parent: string, name: string, data: string): Promise<Side> {
  const folder = await mkdtemp(join(parent, `${name}-`));
  await writeStudy(folder, name, data);
  const engine = engineOf();
  try {
    const study = await engine.openStudy(join(folder, 'model.ts'));
    const { signal } = new AbortController();
    const report = await engine.search(study, { minutes: SECONDS / 60, seed: 1, signal });
    const chosen = report.winner ?? report.best;
    const { config } = await engine.attempt(study, chosen.id);
    const test = await sealedLoss(
      engine,
      { ...study, config: { ...config, seeds: [101, 102, 103] } },
      chosen.id,
    );
    return { test, trials: report.standing.tried };
  } finally {
    await engine.dispose();
  }
}

async function sealedLoss(
  engine: Engine,
  study: Parameters<Engine['unseal']>[0],
  id: string,
): Promise<number> {
  const { attempt } = await engine.unseal(study, id, new AbortController().signal);
  return mean(metricOf(attempt.trials, 'test_loss')?.values ?? []);
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
    runtime: 'auto',
    cortexVersion: '0.0.0',
  });
}

async function writeStudy(folder: string, name: string, data: string): Promise<void> {
  const { task } = JSON.parse(await readFile(data, 'utf8')) as { readonly task: string };
  const isClass = task === 'classification';
  const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text);
  await write('parts.json', await readFile(data, 'utf8'));
  await write(
    'data.ts',
    `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
export const loadData = (): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'parts.json'), 'utf8'));
`,
  );
  await write('model.ts', modelText(isClass));
  await write(
    'cortex.json',
    JSON.stringify({ name, model: 'model.ts', data: 'data.ts', epochs: EPOCHS }),
  );
  await run('git', ['init', '-q'], { cwd: folder });
}

const modelText = (isClass: boolean): string => `import * as tf from '@tensorflow/tfjs';

export function buildModel(inputShape: number[], outputUnits: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape, units: 32, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits${isClass ? ", activation: 'softmax'" : ''} }));
  model.compile({
    optimizer: tf.train.adam(0.001),
    loss: '${isClass ? 'categoricalCrossentropy' : 'meanSquaredError'}',
  });
  return model;
}
`;
