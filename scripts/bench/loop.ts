import { acceptEverything } from '../../src/loop/acceptEverything.ts';
import type { LoopEvent } from '../../src/loop/loopEvent.ts';
import type { Attempt } from '../../src/record/attempt.ts';
import { withEngine } from './engine.ts';
import type { Row } from './row.ts';
import { referencesOf } from '../../src/record/kinds.ts';

const trialSeconds = 20;
const probeEpochs = 20;

/**
 * Overhead of the loop: wall time of one attempt (propose, check, train, judge, commit) that is not
 * spent inside `fit`. The check of the baseline is training of its own, once a study.
 */
export async function bench(): Promise<Row[]> {
  let recordedAt: number[] = [];
  const onEvent = (event: LoopEvent): void => {
    if (event.kind === 'recorded') recordedAt.push(performance.now());
  };
  return withEngine(
    { reviewer: acceptEverything, onEvent },
    async ({ engine, modelPath, configure }) => {
      const signal = new AbortController().signal;
      await configure({ epochs: probeEpochs, seeds: 1 });
      const probe = await engine.openStudy(modelPath);
      const probed = await engine.train(probe, { retrain: null, signal });
      const perEpoch = fitSeconds(await engine.attempt(probe, probed.id)) / probeEpochs;
      await configure({
        epochs: Math.ceil(trialSeconds / perEpoch / 2),
        seeds: 2,
        judge: { maxSeeds: 2 },
      });
      const study = await engine.openStudy(modelPath);
      recordedAt = [];
      const { attempts } = await engine.improve(study, {
        rounds: 1,
        baselineCheck: 'skip',
        wish: null,
        seed: 1,
        signal,
      });
      const [baselineAt = 0, attemptAt = 0] = recordedAt;
      const [attempt] = attempts;
      if (!attempt) throw new Error('The loop made no attempt to measure.');
      return [
        overhead(
          (attemptAt - baselineAt) / 1000,
          fitSeconds(await engine.attempt(study, attempt.id)),
        ),
      ];
    },
  );
}

function fitSeconds(attempt: Attempt): number {
  const trials = [
    ...attempt.trials,
    ...referencesOf(attempt).flatMap((reference) => reference.trials),
  ];
  return trials.reduce((sum, trial) => sum + trial.seconds.fit, 0);
}

function overhead(wall: number, fit: number): Row {
  const share = (wall - fit) / wall;
  return {
    figure: `loop overhead on ${fit.toFixed(0)} s of trials`,
    goal: '≤ 5 %',
    measured: `${(100 * share).toFixed(1)} % (${(1000 * (wall - fit)).toFixed(0)} ms)`,
    ratio: (share / 0.05).toFixed(2),
    met: share <= 0.05,
  };
}
