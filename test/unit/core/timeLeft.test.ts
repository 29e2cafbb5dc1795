import assert from 'node:assert/strict';
import { test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';
import { fakePorts, options, scripted, study } from './fakePorts.ts';

const EPOCHS = 4;

test('the time left counts all seeds that are counted, and does not begin anew with each', async () => {
  const ports = fakePorts(scripted(16));
  /** A second an epoch, as far as one request is known. */
  const train = (request: TrainRequest): Promise<TrainResult> => {
    for (const [index, seed] of request.seeds.entries())
      for (let epoch = 1; epoch <= EPOCHS; epoch += 1)
        request.onProgress({
          seed,
          seedIndex: index,
          seedCount: request.seeds.length,
          epoch,
          epochs: EPOCHS,
          logs: {},
          secondsLeft: (request.seeds.length - index) * EPOCHS - epoch,
        });
    return ports.trainer.train({ ...request, onProgress: () => undefined });
  };
  await improveModel(study, options(1), { ...ports, trainer: { ...ports.trainer, train } });
  const told = ports.events.flatMap((event) =>
    event.kind === 'progress' && event.isReference !== true ? [event] : [],
  );
  const attempts = [...Map.groupBy(told, ({ attemptId }) => attemptId).values()];
  assert.ok(attempts.length >= 2);
  for (const events of attempts)
    for (const { progress } of events) {
      const { seedIndex, seedCount, epoch, secondsLeft } = progress;
      assert.equal(secondsLeft, (seedCount - seedIndex) * EPOCHS - epoch);
    }
  assert.ok(attempts.some(([first]) => first?.progress.seedCount === 6));
});
