import { join } from 'node:path';
import { followLog } from '../../../src/adapters/files/followLog.ts';
import { readLog } from '../../../src/adapters/files/readLog.ts';
import { CommandTrainer } from '../../../src/execution/command/commandTrainer.ts';
import type { Elsewhere } from '../../../src/execution/workerSource.ts';
import type { TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';
import type { Study } from '../../../src/study/study.ts';
import { DIST, makeTrainer, NEVER, variantOf } from '../trainer/harness.ts';
import { testPython } from '../python/pythonStudies.ts';

/** A trainer whose studies name commands; `elsewhere`: where they run, when not here. */
export const commandTrainer = (elsewhere?: Elsewhere): CommandTrainer =>
  new CommandTrainer(
    makeTrainer(elsewhere ? { elsewhere } : { runtime: 'auto' }),
    {
      cortexVersion: 'test',
      startFolder: join(DIST, 'command'),
      pythonFor: () => Promise.resolve(testPython()),
      readLog,
      followLog,
    },
    elsewhere,
  );

/** Runs the command of a study with a text in place of its model file. */
export const runText = (
  trainer: CommandTrainer,
  study: Study,
  { text, seeds = [1], ...more }: { text: string; seeds?: number[] } & Partial<TrainRequest>,
): Promise<TrainResult> =>
  trainer.train({
    study,
    variant: variantOf(study, text),
    seeds,
    evaluateOn: 'validation',
    signal: NEVER,
    onProgress: () => undefined,
    ...more,
  });
