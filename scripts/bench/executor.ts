import { acceptEverything } from '../../src/loop/acceptEverything.ts';
import { withEngine } from './engine.ts';
import type { Row } from './row.ts';

const trialSeconds = 20;
/** Enough that starting weighs little in the time of one. */
const probeEpochs = 200;
const seeds = 4;
const goal = 0.6;

/**
 * Wall time of four seeds of a trial of some twenty seconds with two workers, as a share of that
 * with one; both in one run, one worker first.
 */
export async function bench(): Promise<Row[]> {
  const perEpoch = (await secondsOf(probeEpochs, 1, 1)) / probeEpochs;
  const epochs = Math.ceil(trialSeconds / perEpoch);
  const alone = await secondsOf(epochs, seeds, 1);
  const together = await secondsOf(epochs, seeds, 2);
  const ratio = together / alone;
  return [
    {
      figure: `${seeds} seeds of ${(alone / seeds).toFixed(0)} s, 2 workers`,
      goal: `≤ ${goal} of 1 worker`,
      measured: `${together.toFixed(1)} s, with 1 worker ${alone.toFixed(1)} s`,
      ratio: ratio.toFixed(2),
      met: ratio <= goal,
    },
  ];
}

/** Of training a baseline, in an engine of its own; its worker is warm. */
const secondsOf = (epochs: number, count: number, workers: number): Promise<number> =>
  withEngine(
    { reviewer: acceptEverything, onEvent: () => undefined, workers },
    async ({ engine, modelPath, configure }) => {
      const { signal } = new AbortController();
      await configure({ epochs: 1, seeds: workers });
      await engine.train(await engine.openStudy(modelPath), { retrain: null, signal });
      await configure({ epochs, seeds: count });
      const study = await engine.openStudy(modelPath);
      const started = performance.now();
      await engine.train(study, { retrain: null, signal });
      return (performance.now() - started) / 1000;
    },
  );
