/** The KerasCortex tutorial on Keras and JAX, by the command line and without any settings. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mean } from 'simple-statistics';
import type { z } from 'zod';
import type { documents } from '../../../src/show/documents/contract.ts';
import { testPython } from '../../../test/integration/python/pythonStudies.ts';
import { run } from '../../../test/vscode/run.ts';
import type { Row } from '../row.ts';

type Improved = z.infer<typeof documents.improve>;

const execute = promisify(execFile);

const ROOT = join(import.meta.dirname, '../../..');
const ROUNDS = 6;
const GOAL = 0.99;

export async function tutorialRow(): Promise<Row> {
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
    await r2Of(folder, report.baseline.commit),
    await r2Of(folder, report.best.commit),
  ];
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const why = report.findings.find((text) => text.includes('under-trained'));
  return {
    figure: `KerasCortex tutorial on Keras-JAX (R² ${first.toFixed(2)}), ${ROUNDS} rounds`,
    goal: `val R² ≥ ${GOAL}, and said why`,
    measured: `R² ${best.toFixed(4)}, ${seconds.toFixed(0)} s: ${why ?? 'NOT said'}`,
    ratio: (best / GOAL).toFixed(2),
    met: best >= GOAL && why !== undefined,
  };
}

/** What it prints as its answer; its progress goes elsewhere. */
const printedBy = async (cli: readonly string[], folder: string): Promise<string> =>
  (await execute(process.execPath, cli, { cwd: folder, maxBuffer: 2 ** 26 })).stdout;

/** Mean over the seeds of an attempt. */
async function r2Of(folder: string, commit: string): Promise<number> {
  const text = await run('git', ['show', `${commit}:.cortex/attempt.json`], { cwd: folder });
  const { trials } = JSON.parse(text) as { trials: { measures?: { val_r2?: number } }[] };
  return mean(trials.map(({ measures }) => measures?.val_r2 ?? NaN));
}
