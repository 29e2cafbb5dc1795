import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retrainAttempt } from '../../../src/loop/retrain.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import { fakePorts, options, scripted, source, study } from './fakePorts.ts';
import { changeOf } from '../../records.ts';

test('a study: baseline, then every attempt under its verdict, and the next starts from the best', async () => {
  const ports = fakePorts(scripted(16, 4, 32));
  const report = await improveModel(study, options(3), ports);
  assert.equal(report.baseline.verdict, 'baseline');
  assert.deepEqual(
    report.attempts.map((attempt) => attempt.verdict),
    ['better', 'worse', 'better'],
  );
  const [first, second, third] = report.attempts;
  assert.deepEqual(
    { firstParents: first?.parents, secondParents: second?.parents, thirdParents: third?.parents },
    { firstParents: [report.baseline.id], secondParents: [first?.id], thirdParents: [first?.id] },
  );
  assert.equal(report.best.id, third?.id);
  assert.equal(report.stopped, 'rounds done');
  assert.equal(ports.store.texts.get(third?.id ?? ''), source(32));
  assert.equal(ports.store.drafts.size, 0);
});

test('the baseline is trained once: a second run knows it', async () => {
  const ports = fakePorts(scripted(16));
  await improveModel(study, options(1), ports);
  const trained = ports.trainer.trained;
  const report = await improveModel(study, options(1), { ...ports, searcher: scripted(32) });
  assert.equal(ports.trainer.trained, trained + 1);
  assert.equal(report.attempts[0]?.parents[0], ports.store.attempts[1]?.id);
  assert.equal(report.baseline.number, 0);
});

test('a proposal that does not build is recorded as invalid, without training and without a review', async () => {
  let reviewed = 0;
  const reviewer: Ports['reviewer'] = {
    review: () => {
      reviewed++;
      return Promise.resolve({ kind: 'dismissed' });
    },
  };
  const ports = fakePorts(scripted(13), { reviewer });
  const report = await improveModel(study, options(1), ports);
  assert.deepEqual(
    { verdict: report.attempts[0]?.verdict, reviewed, trained: ports.trainer.trained },
    { verdict: 'invalid', reviewed: 0, trained: 1 },
  );
  assert.equal(ports.store.attempts[1]?.verdict.text, 'failed by shape (line 4)');
});

test('a variant that diverges is recorded as crashed and is no parent', async () => {
  const report = await improveModel(study, options(2), fakePorts(scripted(666, 16)));
  assert.deepEqual(
    report.attempts.map((attempt) => attempt.verdict),
    ['crashed', 'better'],
  );
  assert.equal(report.attempts[1]?.parents[0], report.baseline.id);
});

test(
  'a variant that is given up while it trains is worse, says where, and is no parent; trained ' +
    'again, seeds run to their end',
  async () => {
    const ports = fakePorts(scripted(667, 16));
    const { attempts } = await improveModel(study, options(2), ports);
    const [stopped, next] = attempts;
    assert.deepEqual(
      {
        stoppedVerdict: stopped?.verdict,
        failure: stopped?.failure,
        metric: stopped?.metric,
        nextVerdict: next?.verdict,
      },
      { stoppedVerdict: 'worse', failure: 'stopped', metric: null, nextVerdict: 'better' },
    );
    assert.equal(
      ports.store.attempts[1]?.verdict.text,
      'Worse: stopped at epoch 2 of 20: val_loss 1 against 0.5 ± 0.1.',
    );
    assert.equal(ports.trainer.bounded[0], '667:1', 'the baseline had no bounds');
    const before = ports.trainer.bounded.length;
    await retrainAttempt(study, { id: stopped?.id ?? '', signal: options(1).signal }, ports);
    assert.equal(ports.trainer.bounded.length, before);
  },
);

test('a rejected proposal is recorded and never trained', async () => {
  const reviewer: Ports['reviewer'] = {
    review: () => Promise.resolve({ kind: 'rejected', record: { reviewer: 'person', hunks: [] } }),
  };
  const ports = fakePorts(scripted(16), { reviewer });
  const report = await improveModel(study, options(1), ports);
  assert.equal(report.attempts[0]?.verdict, 'rejected');
  assert.equal(ports.trainer.trained, 1);
});

test('a closed review ends the run and records nothing', async () => {
  const ports = fakePorts(scripted(16), {
    reviewer: { review: () => Promise.resolve({ kind: 'dismissed' }) },
  });
  const report = await improveModel(study, options(3), ports);
  assert.deepEqual(
    {
      stopped: report.stopped,
      reported: report.attempts.length,
      stored: ports.store.attempts.length,
    },
    { stopped: 'dismissed', reported: 0, stored: 1 },
  );
});

test('what the review changed is what is trained and recorded', async () => {
  const reviewer: Ports['reviewer'] = {
    review: () =>
      Promise.resolve({
        kind: 'accepted',
        text: source(20),
        record: { reviewer: 'person', hunks: [] },
      }),
  };
  const ports = fakePorts(scripted(16), { reviewer });
  const report = await improveModel(study, options(1), ports);
  assert.equal(ports.store.texts.get(report.attempts[0]?.id ?? ''), source(20));
  assert.match(changeOf(ports.store.attempts[1]).proposal.diff, /^\+.*units: 20/m);
});

test('a change outside the builder is refused', async () => {
  const searcher: Ports['searcher'] = {
    name: 'outside',
    ask: async ({ model }) => {
      const [proposal] = await scripted(16).ask({ model } as never, 1);
      return proposal ? [{ ...proposal, text: `${proposal.text}export const leak = 1;\n` }] : [];
    },
  };
  const report = await improveModel(study, options(1), fakePorts(searcher));
  assert.equal(report.attempts[0]?.verdict, 'invalid');
});

test('a proposer with nothing left ends the run', async () => {
  const report = await improveModel(study, options(5), fakePorts(scripted(16)));
  assert.deepEqual(
    { stopped: report.stopped, attemptsCount: report.attempts.length },
    { stopped: 'nothing left to propose', attemptsCount: 1 },
  );
});
