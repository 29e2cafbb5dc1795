import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean } from 'simple-statistics';
import { acceptEverything } from '../../src/loop/acceptEverything.ts';
import type { StudyReport } from '../../src/loop/studyReport.ts';
import type { createEngine } from '../../src/compose.ts';
import { run } from '../../test/vscode/run.ts';
import { digitsBench } from './judging/digits.ts';
import { simulatedRows } from './judging/simulated.ts';
import type { Row } from './row.ts';

const roundsOfTutorial = 6;

/**
 * Is the verdict to be believed? Errors, power and cost of the race over seeds, simulated and on
 * real trainings; the tutorial whose baseline is under-trained.
 */
export async function bench(): Promise<Row[]> {
  const { sd, rows } = await digitsBench();
  return [...simulatedRows(sd), ...rows, await tutorial()];
}

async function tutorial(): Promise<Row> {
  const { best, baseline, findings, attempts } = await improveTutorial();
  const reached = best.metric?.mean ?? NaN;
  const says = (words: string): boolean => findings.some((text) => text.includes(words));
  const first =
    attempts.findIndex(
      ({ metric, verdict }) => verdict === 'better' && (metric?.mean ?? 0) >= 0.99,
    ) + 1;
  return {
    figure:
      'tutorial with an under-trained baseline (R² ' +
      `${mean([...(baseline.metric?.values ?? [NaN])]).toFixed(2)})`,
    goal: `R² ≥ 0.99 in ${roundsOfTutorial} rounds, and said`,
    measured:
      `R² ${reached.toFixed(4)}, first in round ${first}; "under-trained" ` +
      `${says('under-trained') ? 'said' : 'NOT said'}, "linear model suffices" ` +
      `${says('linear model suffices') ? 'said' : 'NOT said'}`,
    ratio: (reached / 0.99).toFixed(2),
    met: reached >= 0.99 && says('under-trained') && says('linear model suffices'),
  };
}

async function improveTutorial(): Promise<StudyReport> {
  const distFolder = join(process.cwd(), 'dist');
  const built = createRequire(import.meta.url)(join(distFolder, 'engine.cjs')) as {
    createEngine: typeof createEngine;
  };
  const folder = await mkdtemp(join(tmpdir(), 'cortex-tutorial-'));
  const engine = built.createEngine({
    reviewer: acceptEverything,
    onEvent: () => undefined,
    distFolder,
    nodePath: process.execPath,
    builderNames: [],
    runtime: 'auto',
    workers: 1,
    cortexVersion: '0.0.0',
  });
  try {
    await cp(join(process.cwd(), 'test', 'projects', 'tutorial'), folder, { recursive: true });
    await run('git', ['init', '--quiet'], { cwd: folder });
    return await engine.improve(await engine.openStudy(join(folder, 'model.ts')), {
      rounds: roundsOfTutorial,
      wish: null,
      seed: 1,
      signal: new AbortController().signal,
    });
  } finally {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
