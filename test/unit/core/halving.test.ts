import assert from 'node:assert/strict';
import { test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import { cancelledError, timeSpentError } from '../../../src/util/errors.ts';
import { rungsOf } from '../../../src/search/rungs.ts';
import { attemptsWithoutBetter } from '../../../src/search/runBudget.ts';
import { calibrationOf } from '../../../src/study/calibration.ts';
import type { Reviewer } from '../../../src/ports/reviewer.ts';
import { fakePorts, scriptedBatch, source, study } from './fakePorts.ts';

const run = {
  rounds: 1,
  wish: null,
  baselineCheck: 'skip' as const,
  batch: 4,
  signal: new AbortController().signal,
};

test('rungs: a third goes on to three times the epochs; the last is a third of a trial', () => {
  assert.deepEqual(rungsOf(1, 20), []);
  assert.deepEqual(rungsOf(3, 20), [{ epochs: 7, keep: 1 }]);
  assert.deepEqual(rungsOf(4, 20), [
    { epochs: 3, keep: 2 },
    { epochs: 7, keep: 1 },
  ]);
  assert.deepEqual(rungsOf(9, 27), [
    { epochs: 3, keep: 3 },
    { epochs: 9, keep: 1 },
  ]);
  assert.deepEqual(rungsOf(2, 1), [{ epochs: 1, keep: 1 }]);
});

test('the best of a batch is raced; the others are recorded, without a score to rank by', async () => {
  const ports = fakePorts(scriptedBatch(9, 4, 32, 16));
  const { attempts } = await improveModel(study, run, ports);
  assert.deepEqual(
    attempts.map(({ title, verdict }) => `${title}: ${verdict}`),
    [
      'Use 9 units: inconclusive',
      'Use 4 units: inconclusive',
      'Use 16 units: inconclusive',
      'Use 32 units: better',
    ],
  );
  assert.ok(
    attempts.slice(0, 3).every(({ metric, failure }) => metric === null && failure === 'stopped'),
  );
  assert.match(
    ports.store.attempts[1]?.verdict.text ?? '',
    /^"Use 9 units" is not taken further: after 3 of 20 epochs with one seed its val_loss was 1\.1\d+, that of "Use 32 units" 0\.3\d+\.$/,
  );
  assert.deepEqual(ports.trainer.seeds.slice(3, 9), ['9:1', '4:1', '32:1', '16:1', '32:1', '16:1']);
});

test('what does not build or train is left behind under its own verdict', async () => {
  const { attempts } = await improveModel(study, run, fakePorts(scriptedBatch(13, 666, 16)));
  assert.deepEqual(attempts.map(({ verdict }) => verdict).sort(), ['better', 'crashed', 'invalid']);
});

test('a batch that is stopped is recorded as cancelled', async () => {
  const ports = fakePorts(scriptedBatch(9, 16));
  ports.trainer.before = (units) => {
    if (units === 16) throw cancelledError('Training');
  };
  const report = await improveModel(study, run, ports);
  assert.equal(report.stopped, 'cancelled');
  assert.deepEqual(
    ports.store.attempts.map(({ verdict }) => verdict.kind),
    ['baseline', 'cancelled', 'cancelled'],
  );
});

test('what short runs left behind is reported, also where the run is ended after them', async () => {
  const reviewer: Reviewer = {
    review: (proposal) =>
      Promise.resolve({
        kind: 'accepted',
        text: source(666),
        record: { reviewer: 'automatic', hunks: [{ header: proposal.title, decision: 'edited' }] },
      }),
  };
  const ports = fakePorts(
    { ...scriptedBatch(9, 12, 16), repair: () => Promise.reject(timeSpentError(1)) },
    { reviewer },
  );
  const report = await improveModel(study, run, ports);
  assert.deepEqual(
    [report.stopped, ...report.attempts.map(({ verdict }) => verdict)],
    ['cancelled', 'inconclusive', 'inconclusive', 'crashed'],
  );
});

test(
  'those left behind are no rounds without better of their own, and say nothing about a ' +
    'confidence',
  async () => {
    const ports = fakePorts(scriptedBatch(7, 6, 5, 4));
    await improveModel(study, run, ports);
    const history = await ports.store.list(study);
    assert.equal(history.length, 5);
    assert.equal(attemptsWithoutBetter(history), 1);
    assert.equal(calibrationOf(history)?.judged, 1);
  },
);
