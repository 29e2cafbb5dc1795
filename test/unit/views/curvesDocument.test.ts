import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { LoopEvent } from '../../../src/loop/loopEvent.ts';
import type { TrainProgress } from '../../../src/ports/trainer.ts';
import { bandsOf, comparedWith } from '../../../src/show/views/curvesDocument.ts';
import { followCurves, liveRuns, type LiveCurves } from '../../../src/show/views/liveCurves.ts';
import { summaryOf } from './support.ts';

const minimize = { metric: 'val_loss', direction: 'minimize' } as const;

describe('the curves beside an attempt', () => {
  const baseline = summaryOf(0, { verdict: 'baseline', parents: [], mean: 1 });
  const better = summaryOf(1, { verdict: 'better', parents: ['a-0'], mean: 0.8 });
  const worse = summaryOf(2, { verdict: 'worse', parents: ['a-1'], mean: 0.9 });
  const history: readonly AttemptSummary[] = [baseline, better, worse];
  const rolesBeside = (focus: Pick<AttemptSummary, 'id' | 'parents'>) =>
    comparedWith(focus, history, [minimize]).map(({ summary, roles }) => [
      summary.number,
      ...roles,
    ]);

  test('are those of its parent, baseline and best, each once', () => {
    assert.deepEqual(rolesBeside(worse), [
      [1, 'parent', 'best'],
      [0, 'baseline'],
    ]);
    assert.deepEqual(rolesBeside(better), [[0, 'parent', 'baseline']]);
  });

  test('leave out the attempt itself', () => {
    assert.deepEqual(rolesBeside(baseline), [[1, 'best']]);
  });

  test('stand beside one that is not recorded yet', () => {
    assert.deepEqual(rolesBeside({ id: 'new', parents: ['a-1'] }), [
      [1, 'parent', 'best'],
      [0, 'baseline'],
    ]);
  });
});

describe('a band over seeds', () => {
  test('is mean, lowest and highest, epoch by epoch', () => {
    assert.deepEqual(bandsOf([{ curves: { loss: [1, 2] } }, { curves: { loss: [3, 2] } }]), {
      loss: { mean: [2, 2], range: { low: [1, 2], high: [3, 2] } },
    });
  });

  test('has a gap where a seed has no value: no mean of others', () => {
    assert.deepEqual(
      bandsOf([{ curves: { loss: [1, 2, 3] } }, { curves: { loss: [3, null] } }]).loss?.mean,
      [2, null, null],
    );
  });

  test('of one seed is its line', () => {
    assert.deepEqual(bandsOf([{ curves: { loss: [1, null] } }]), {
      loss: { mean: [1, null], range: null },
    });
  });
});

describe('live curves', () => {
  const started: LoopEvent = {
    kind: 'training',
    title: 'Wider',
    attemptId: 'a',
    number: 3,
    parents: ['a-0'],
  };
  const progress = (seed: number, epoch: number, loss: number, isReference = false): LoopEvent => ({
    kind: 'progress',
    attemptId: 'a',
    isReference,
    progress: {
      seed,
      epoch,
      epochs: 3,
      seedIndex: 0,
      seedCount: 2,
      logs: { loss },
      secondsLeft: null,
    } satisfies TrainProgress,
  });
  const follow = (...events: readonly LoopEvent[]): LiveCurves | null =>
    events.reduce<LiveCurves | null>(followCurves, null);

  test('grow with every epoch, the last word of an epoch counts', () => {
    const live = follow(started, progress(1, 1, 0.9), progress(1, 2, 0.7), progress(1, 2, 0.6));
    assert.deepEqual(live?.training[0], { seed: 1, curves: { loss: [0.9, 0.6] } });
    assert.deepEqual(live.parents, ['a-0']);
  });

  test('keep finished seeds apart from the one that trains', () => {
    const live = follow(started, progress(1, 1, 0.9), progress(2, 1, 0.8), progress(3, 1, 0.5));
    assert.deepEqual(live && liveRuns(live).map(({ label, seeds }) => [label, seeds]), [
      ['#3 Wider, seed 3', [3]],
      ['#3 Wider, 2 finished seeds', [1, 2]],
    ]);
  });

  test('have a line for each of the seeds that train side by side, until it ends', () => {
    const beside = (seed: number, others: readonly number[]): LoopEvent => {
      const event = progress(seed, 1, 0.5);
      return event.kind === 'progress'
        ? { ...event, progress: { ...event.progress, beside: others } }
        : event;
    };
    const live = follow(started, progress(1, 1, 0.9), beside(2, [1]), beside(1, [2]));
    assert.deepEqual(live && liveRuns(live).map(({ label }) => label), [
      '#3 Wider, seed 1',
      '#3 Wider, seed 2',
    ]);
    const later = followCurves(live, beside(3, [1]));
    assert.deepEqual(later && liveRuns(later).map(({ label }) => label), [
      '#3 Wider, seed 1',
      '#3 Wider, seed 3',
      '#3 Wider, seed 2',
    ]);
  });

  test('show a gap for what is not a number, and for an epoch that was not told', () => {
    assert.deepEqual(
      follow(started, progress(1, 1, Number.NaN), progress(1, 3, 0.5))?.training[0]?.curves.loss,
      [null, null, 0.5],
    );
  });

  test('leave out what the attempt is compared with', () => {
    assert.deepEqual(follow(started, progress(1, 1, 0.9, true))?.training, []);
  });

  test('end when the attempt is recorded', () => {
    assert.equal(
      follow(started, { kind: 'recorded', attempt: { ...summaryOf(3, {}), id: 'a' }, text: '' }),
      null,
    );
  });
});
