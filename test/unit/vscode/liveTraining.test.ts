import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { LoopEvent } from '../../../src/loop/loopEvent.ts';
import type { TrainProgress } from '../../../src/ports/trainer.ts';
import { followTraining, type LiveTraining } from '../../../src/hosts/vscode/run/liveTraining.ts';
import {
  clockText,
  progressParts,
  progressText,
} from '../../../src/hosts/vscode/run/progressText.ts';

const progress: TrainProgress = {
  seed: 7,
  epoch: 7,
  epochs: 20,
  seedIndex: 1,
  seedCount: 3,
  logs: { loss: 0.31, val_loss: 0.35, acc: 0.9 },
  secondsLeft: 12.4,
};
const started: LoopEvent = {
  kind: 'training',
  title: 'Wider',
  attemptId: 'a',
  number: 3,
  parents: [],
};
const follow = (...events: readonly LoopEvent[]): LiveTraining | null =>
  events.reduce<LiveTraining | null>(followTraining, null);

describe('the live line', () => {
  test('tells seed, epoch, losses and time left', () => {
    assert.equal(
      progressText(progress),
      'seed 2/3  epoch 7/20  loss 0.31  val_loss 0.35  0:12 left',
    );
    assert.equal(
      progressText({ ...progress, logs: {}, secondsLeft: null }),
      'seed 2/3  epoch 7/20',
    );
    assert.equal(progressText(null), 'starting');
  });

  test('puts first what a narrow row must show', () => {
    assert.deepEqual(progressParts(progress), {
      label: 'epoch 7/20  0:12 left',
      description: 'loss 0.31  val_loss 0.35  seed 2/3',
    });
    assert.deepEqual(progressParts(null), { label: 'starting', description: '' });
  });

  test('writes times as a clock does', () => {
    assert.deepEqual([0, 12, 59.6, 725, 3725, -1].map(clockText), [
      '0:00',
      '0:12',
      '1:00',
      '12:05',
      '1:02:05',
      '0:00',
    ]);
  });

  test('follows an attempt from its start to its record', () => {
    assert.equal(follow(started)?.progress, null);
    assert.equal(
      follow(started, { kind: 'progress', attemptId: 'a', progress })?.progress,
      progress,
    );
    const attempt = { id: 'a' } as AttemptSummary;
    assert.equal(follow(started, { kind: 'recorded', attempt, text: '' }), null);
  });

  test('is not moved by another attempt', () => {
    assert.equal(follow(started, { kind: 'progress', attemptId: 'b', progress })?.progress, null);
    assert.equal(follow({ kind: 'progress', attemptId: 'b', progress }), null);
    assert.equal(
      follow(started, { kind: 'recorded', attempt: { id: 'b' } as AttemptSummary, text: '' })
        ?.attemptId,
      'a',
    );
  });
});
