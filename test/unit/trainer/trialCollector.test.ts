import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrainProgress } from '../../../src/ports/trainer.ts';
import { failureOfDeath } from '../../../src/execution/failures.ts';
import { TrialCollector } from '../../../src/execution/trialCollector.ts';

const limits = { dataSeconds: 60, buildSeconds: 20, trialSeconds: 30, memoryMB: 512 };
const failure = failureOfDeath(
  {
    kind: 'died',
    why: null,
    stopped: null,
    phase: 'fit',
    death: { code: null, signal: 'SIGKILL', stderr: ['last'], forged: false },
  },
  limits,
);

test('progress carries the time left, and a death keeps what was reached', () => {
  const seen: TrainProgress[] = [];
  const clock = { ms: 0 };
  const collector = new TrialCollector({
    seeds: [7, 8],
    onProgress: (progress) => seen.push(progress),
    now: () => clock.ms,
  });
  collector.take({ type: 'phase', id: '1', phase: 'build', seed: 7 });
  clock.ms = 1_000;
  collector.take({ type: 'phase', id: '1', phase: 'fit', seed: 7 });
  clock.ms = 3_000;
  collector.take({
    type: 'progress',
    id: '1',
    seed: 7,
    epoch: 1,
    epochs: 4,
    logs: { loss: 0.5, val_loss: null },
  });
  assert.deepEqual(seen, [
    {
      seed: 7,
      epoch: 1,
      epochs: 4,
      seedIndex: 0,
      seedCount: 2,
      logs: { loss: 0.5 },
      secondsLeft: 14,
    },
  ]);
  collector.fail(failure);
  assert.deepEqual(collector.trials, [
    {
      outcome: 'failed',
      seed: 7,
      failure,
      curves: { loss: [0.5], val_loss: [null] },
      epochs: 1,
      seconds: { fit: 2, total: 3 },
    },
  ]);
});

test(
  'with folds a seed goes on through all of them: curves of one length, epochs and seconds of ' +
    'all',
  () => {
    const seen: TrainProgress[] = [];
    const clock = { ms: 0 };
    const collector = new TrialCollector({
      seeds: [7],
      onProgress: (progress) => seen.push(progress),
      now: () => clock.ms,
    });
    for (const number of [1, 2]) {
      collector.take({ type: 'phase', id: '1', phase: 'build', seed: 7 });
      clock.ms += 500;
      collector.take({ type: 'phase', id: '1', phase: 'fit', seed: 7 });
      clock.ms += 1_000;
      collector.take({
        type: 'progress',
        id: '1',
        seed: 7,
        epoch: 1,
        epochs: 2,
        logs: { loss: number / 4 },
        fold: { number, count: 3 },
      });
    }
    assert.deepEqual(
      seen.map(({ fold, secondsLeft }) => [fold, secondsLeft]),
      [
        [{ number: 1, count: 3 }, 5],
        [{ number: 2, count: 3 }, 4],
      ],
    );
    collector.fail(failure);
    assert.deepEqual(collector.trials, [
      {
        outcome: 'failed',
        seed: 7,
        failure,
        curves: { loss: [0.5] },
        epochs: 2,
        seconds: { fit: 2, total: 3 },
      },
    ]);
  },
);

test('a stop that was asked for is named after its reason', () => {
  const collector = new TrialCollector({ seeds: [1], onProgress: () => undefined, now: () => 0 });
  const cancelled = {
    kind: 'cancelled',
    message: 'Cancelled.',
    line: null,
    stderr: [],
    forged: false,
  } as const;
  collector.take({
    type: 'trial',
    id: '1',
    trial: {
      outcome: 'failed',
      seed: 1,
      failure: { ...cancelled, stderr: [] },
      curves: {},
      epochs: 0,
      seconds: { fit: 0, total: 0 },
    },
  });
  collector.rename({ ...failure, kind: 'time' });
  const [trial] = collector.trials;
  assert.ok(trial?.outcome === 'failed');
  assert.equal(trial.failure.kind, 'time');
  collector.fail(failure);
  assert.equal(collector.trials.length, 1);
});

test('the size of a model is that of its file, else of its weights as floats', () => {
  const kept: number[] = [];
  const collector = new TrialCollector({
    seeds: [1, 2],
    onProgress: () => undefined,
    onWeights: (file) => kept.push(file.length),
    now: () => 0,
  });
  const shared = { curves: {}, epochs: 1, seconds: { fit: 1, total: 1 } };
  const measures = { parameters: 512 };
  const frame = { type: 'frame', id: '1', name: 'weights 1', bytes: 3072 } as const;
  collector.take(frame, new Uint8Array(3072));
  for (const seed of [1, 2])
    collector.take({
      type: 'trial',
      id: '1',
      trial: { outcome: 'completed', seed, ...shared, measures },
    });
  assert.deepEqual(kept, [3072]);
  assert.deepEqual(
    collector.trials.map((trial) => trial.outcome === 'completed' && trial.measures['modelKB']),
    [3, 2],
  );
});

test('deaths are told apart', () => {
  const died = { kind: 'died', why: null, stopped: null, phase: 'fit' } as const;
  const death = {
    code: 134,
    signal: null,
    stderr: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
    forged: false,
  };
  assert.equal(failureOfDeath({ ...died, death }, limits).kind, 'memory');
  assert.match(failure.message, /was killed \(SIGKILL\) while it trained/);
  assert.match(
    failureOfDeath({ ...died, death: { code: 3, signal: null, stderr: [], forged: false } }, limits)
      .message,
    /exit code 3/,
  );
  assert.match(
    failureOfDeath({ ...died, stopped: 'time', death }, limits).message,
    /longer than 30 s while it trained/,
  );
});
