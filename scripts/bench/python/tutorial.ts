/**
 * The KerasCortex tutorial on Keras and JAX, by the command line and without any settings; and what
 * KerasCortex itself takes for it.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mean } from 'simple-statistics';
import type { z } from 'zod';
import { attemptSchema, type Attempt } from '../../../src/record/attempt.ts';
import { referencesOf } from '../../../src/record/kinds.ts';
import type { documents } from '../../../src/show/documents/contract.ts';
import { testPython } from '../../../test/integration/python/pythonStudies.ts';
import { run } from '../../../test/vscode/run.ts';
import type { Row } from '../row.ts';
import { runKerasCortex } from './centimators.ts';

type Improved = z.infer<typeof documents.improve>;

const execute = promisify(execFile);

const ROOT = join(import.meta.dirname, '../../..');
const ROUNDS = 6;
const GOAL = 0.99;

/** What Cortex made of the tutorial. */
interface Run {
  readonly first: number;
  readonly best: number;
  readonly seconds: number;
  /** Attempts of the search, without the baseline and its check. */
  readonly rounds: number;
  readonly trainings: number;
  readonly why: string | undefined;
}

export async function tutorialRows(): Promise<Row[]> {
  const own = await runTutorial();
  return [ownRow(own), await besideRow(own)];
}

async function runTutorial(): Promise<Run> {
  process.env['KERAS_BACKEND'] = 'jax';
  const folder = await mkdtemp(join(tmpdir(), 'cortex-tutorial-'));
  await cp(join(ROOT, 'test', 'projects', 'keras-tutorial'), folder, { recursive: true });
  await run('git', ['init', '--quiet'], { cwd: folder });
  const started = performance.now();
  const words = ['improve', 'model.py', '--rounds', String(ROUNDS), '--json'];
  const cli = [join(ROOT, 'dist', 'cli.cjs'), ...words, '--python', testPython()];
  const report = JSON.parse(await printedBy(cli, folder)) as Improved;
  const seconds = (performance.now() - started) / 1000;
  const [first, best] = [
    await recordOf(folder, report.baseline.commit),
    await recordOf(folder, report.best.commit),
  ];
  const all = (await run('git', ['log', '--format=%H', `cortex/${report.study}`], { cwd: folder }))
    .trim()
    .split('\n');
  const records = await Promise.all(all.map((commit) => recordOf(folder, commit)));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return {
    first: r2Of(first),
    best: r2Of(best),
    seconds,
    rounds: report.attempts.length,
    trainings: records.reduce((sum, record) => sum + trainingsOf(record), 0),
    why: report.findings.find((text) => text.includes('under-trained')),
  };
}

const ownRow = ({ first, best, seconds, why }: Run): Row => ({
  figure: `KerasCortex tutorial on Keras-JAX (R² ${first.toFixed(2)}), ${ROUNDS} rounds`,
  goal: `val R² ≥ ${GOAL}, and said why`,
  measured: `R² ${best.toFixed(4)}, ${seconds.toFixed(0)} s: ${why ?? 'NOT said'}`,
  ratio: (best / GOAL).toFixed(2),
  met: best >= GOAL && why !== undefined,
});

/** Its six answers are scripted: no time of a language model is in it. */
async function besideRow({ best, seconds, rounds, trainings }: Run): Promise<Row> {
  const theirs = await runKerasCortex();
  const row = { figure: 'the same by KerasCortex itself (centimators), time a round' };
  if (typeof theirs === 'string')
    return { ...row, goal: '–', measured: `NOT HAD: ${theirs}`, ratio: '–', met: true };
  const [own, other] = [seconds / rounds, theirs.seconds / (theirs.r2.length - 1)];
  const reached = Math.max(...theirs.r2);
  return {
    ...row,
    goal: 'its best R² reached',
    measured:
      `Cortex ${own.toFixed(1)} s a round (${rounds} rounds, ${trainings} trainings), ` +
      `R² ${best.toFixed(4)}; KerasCortex ${other.toFixed(1)} s (${theirs.r2.length - 1} rounds, ` +
      `${theirs.r2.length} trainings), R² ${reached.toFixed(4)}`,
    ratio: (own / other).toFixed(2),
    met: best >= reached,
  };
}

/** What it prints as its answer; its progress goes elsewhere. */
const printedBy = async (cli: readonly string[], folder: string): Promise<string> =>
  (await execute(process.execPath, cli, { cwd: folder, maxBuffer: 2 ** 26 })).stdout;

const recordOf = async (folder: string, commit: string): Promise<Attempt> =>
  attemptSchema.parse(
    JSON.parse(await run('git', ['show', `${commit}:.cortex/attempt.json`], { cwd: folder })),
  );

/** Mean over the seeds of an attempt. */
const r2Of = ({ trials }: Attempt): number =>
  mean(
    trials.map((trial) =>
      trial.outcome === 'completed' ? (trial.measures['val_r2'] ?? NaN) : NaN,
    ),
  );

/** Short ones, too: what the check tried, and the seeds that a parent was given for a race. */
const trainingsOf = (attempt: Attempt): number =>
  attempt.trials.length +
  referencesOf(attempt).flatMap(({ trials }) => trials).length +
  ('checked' in attempt ? attempt.checked.runs.flatMap(({ trials }) => trials).length : 0);
