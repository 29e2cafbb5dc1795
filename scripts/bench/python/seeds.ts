/** Four seeds of a race on Keras and JAX, beside four times Keras's own fit. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  pythonTrainer,
  testPython,
  trainText,
} from '../../../test/integration/python/pythonStudies.ts';
import { studyOn } from '../../../test/integration/trainer/harness.ts';
import { run } from '../../../test/vscode/run.ts';
import type { Row } from '../row.ts';
import { BATCH, digitsProject, EPOCHS } from './digits.ts';

const SEEDS = [1, 2, 3, 4];
const GOAL = 8;
const FIT = join(import.meta.dirname, 'fitFourTimes.py');

/** Cortex's seconds are those of all of it: rows, measuring and both processes included. */
export async function seedsRow(): Promise<Row> {
  process.env['KERAS_BACKEND'] = 'jax';
  const { folder, model } = await digitsProject();
  const own = await secondsOfCortex(folder, model);
  const printed = await run(testPython(), ['-B', FIT], { cwd: folder });
  await rm(folder, { recursive: true, force: true });
  const fits = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as number[];
  const fit = fits.reduce((sum, seconds) => sum + seconds, 0);
  return {
    figure: `${SEEDS.length} seeds of a digits MLP, ${EPOCHS} epochs, against as many model.fit`,
    goal: `≥ ${GOAL} times faster after the first compile`,
    measured: `${own.toFixed(2)} s, model.fit ${fit.toFixed(1)} s`,
    ratio: (fit / own).toFixed(1),
    met: fit / own >= GOAL,
  };
}

async function secondsOfCortex(folder: string, text: string): Promise<number> {
  const trainer = pythonTrainer();
  const config = { data: 'study_data.py', epochs: EPOCHS, batchSize: BATCH };
  const study = studyOn(folder, config, 'model.py');
  // The first compile, and the start of the processes.
  await trainText(trainer, study, { text, seeds: [9] });
  const started = performance.now();
  const { trials } = await trainText(trainer, study, { text, seeds: SEEDS });
  const seconds = (performance.now() - started) / 1000;
  await trainer.dispose();
  if (trials.some(({ way }) => way !== 'compiled')) throw new Error(JSON.stringify(trials));
  return seconds;
}
