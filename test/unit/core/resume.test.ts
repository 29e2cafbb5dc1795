import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interruptAttempt } from '../../../src/record/interruptAttempt.ts';
import { baselineOf, currentBest } from '../../../src/study/lineage.ts';
import { cancelledError } from '../../../src/util/errors.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import { retrainAttempt } from '../../../src/loop/retrain.ts';
import { openSession } from '../../../src/loop/studySession.ts';
import { trainNow } from '../../../src/loop/trainBaseline.ts';
import { fakePorts, scripted, source, study } from './fakePorts.ts';
import { unsealTest } from '../../../src/loop/unsealTest.ts';
import { changeOf } from '../../records.ts';
import type { Proposal } from '../../../src/study/proposal.ts';
import { objectivesOf } from '../../../src/record/objectives.ts';

const { signal } = new AbortController();
const run = { rounds: 1, wish: null, baselineCheck: 'skip' as const, signal };
type Fake = ReturnType<typeof fakePorts>;

/** The machine goes down before this seed is trained; whoever lists next finds the draft. */
async function killedAt(ports: Fake, units: number, seed: number): Promise<void> {
  ports.trainer.before = (...trial) => {
    if (trial.join() === `${units},${seed}`) throw new Error('killed');
  };
  const { store } = ports;
  const dying: Ports['store'] = {
    list: (own) => store.list(own),
    read: (own, id) => store.read(own, id),
    readVariant: (own, id) => store.readVariant(own, id),
    saveDraft: (own, attempt, text) => store.saveDraft(own, attempt, text),
    record: (own, attempt, text) =>
      attempt.verdict.kind === 'cancelled'
        ? Promise.reject(new Error('killed'))
        : store.record(own, attempt, text),
  };
  await assert.rejects(improveModel(study, run, { ...ports, store: dying }), /killed/);
  ports.trainer.before = () => undefined;
  for (const [id, draft] of ports.store.drafts) {
    await ports.store.record(
      study,
      interruptAttempt(draft, draft.finishedAt),
      ports.store.draftTexts.get(id) ?? '',
    );
  }
  ports.trainer.seeds.length = 0;
}

test('a race that was killed goes on with the seeds it had, before anything new is proposed', async () => {
  const ports = fakePorts(scripted(9, 32));
  await killedAt(ports, 9, 2);
  const report = await improveModel(study, run, ports);
  assert.deepEqual(
    { title: report.attempts[0]?.title, valuesCount: report.attempts[0]?.metric?.values.length },
    { title: 'Use 9 units', valuesCount: 2 },
  );
  assert.ok(!ports.trainer.seeds.includes('9:1'), 'the seed it had was not trained again');
  assert.ok(ports.trainer.seeds.includes('9:2'));
  const told = ports.events.flatMap((event) => (event.kind === 'resuming' ? [event.text] : []));
  assert.deepEqual(told, [
    'Taking up #1 again, which was interrupted: Use 9 units.',
    '1 seed trained before counts again: 1.',
  ]);
  assert.equal((await improveModel(study, run, ports)).attempts[0]?.title, 'Use 32 units');
});

test('an interrupted proposal that is taken up again keeps all that was said of it', async () => {
  const doubted: Ports['searcher'] = {
    name: 'scripted',
    ask: async (state, count) =>
      (await scripted(9).ask(state, count)).map((proposal) => ({
        ...proposal,
        warnings: ['Claims early stopping, the change has none.'],
        mismatches: 1,
        searchSpace: [UNITS],
      })),
  };
  const ports = fakePorts(doubted);
  await killedAt(ports, 9, 2);
  const report = await improveModel(study, run, ports);
  const [interrupted, again] = ports.store.attempts.slice(1).map(changeOf);
  const { diff, ...said } = interrupted?.proposal ?? assert.fail('nothing was proposed');
  assert.partialDeepStrictEqual(again?.proposal, said);
  assert.deepEqual(again?.proposal.warnings, ['Claims early stopping, the change has none.']);
  assert.equal(report.attempts[0]?.mismatches, 1, 'so that the track record knows it');
});

test('what an earlier session left undecided comes first, once, and only on its own text', async () => {
  const ports = fakePorts(scripted(9, 32));
  const undecided: Proposal[] = [];
  const leaving: Ports['reviewer'] = {
    review: (proposal) => {
      undecided.push(proposal);
      return Promise.resolve({ kind: 'dismissed' });
    },
  };
  await improveModel(study, run, { ...ports, reviewer: leaving });
  const [waiting = assert.fail('nothing was proposed')] = undecided;
  const report = await improveModel(study, { ...run, rounds: 2, waiting }, ports);
  assert.deepEqual(
    report.attempts.map(({ title }) => title),
    ['Use 9 units', 'Use 32 units'],
  );
  const stale = { ...waiting, base: `${waiting.base}\n// changed since` };
  const next = await improveModel(study, { ...run, waiting: stale }, fakePorts(scripted(24)));
  assert.equal(next.attempts[0]?.title, 'Use 24 units');
});

const UNITS = {
  name: 'units',
  kind: 'integer',
  low: 4,
  high: 64,
  choices: [],
  log: true,
  initial: 9,
} as const;

test('an opening of the test part in between does not hide what was interrupted', async () => {
  const ports = fakePorts(scripted(9, 32));
  await killedAt(ports, 9, 2);
  await unsealTest(study, ports.store.attempts[0]?.id ?? '', signal, ports);
  const report = await improveModel(study, run, ports);
  assert.equal(report.attempts[0]?.title, 'Use 9 units');
});

test('seeds of the parent that an interrupted race had trained are not trained again either', async () => {
  const ports = fakePorts(scripted(9));
  const closer = {
    ...study,
    config: { ...study.config, seeds: 1, judge: { ...study.config.judge, maxSeeds: 400 } },
  };
  ports.trainer.before = (units, seed) => {
    if (units === 9 && seed === 3) throw cancelledError('Training');
  };
  const stopped = await improveModel(closer, run, ports);
  assert.deepEqual(
    {
      stopped: stopped.stopped,
      trials: ports.store.attempts.at(-1)?.trials.length,
      lent: changeOf(ports.store.attempts.at(-1)).references?.[0]?.trials.length,
    },
    { stopped: 'cancelled', trials: 2, lent: 1 },
  );
  ports.trainer.before = () => undefined;
  ports.trainer.seeds.length = 0;
  await improveModel(closer, run, ports);
  assert.deepEqual(
    ports.trainer.seeds.filter((trial) => trial === '8:2' || trial === '9:1' || trial === '9:2'),
    [],
  );
});

test(
  'a proposal that is interrupted again and again makes way; one that the user has other ' +
    'wishes for, too',
  async () => {
    const ports = fakePorts(scripted(9, 32));
    ports.trainer.before = (units) => {
      if (units === 9) throw cancelledError('Training');
    };
    for (let time = 1; time <= 3; time++)
      assert.equal((await improveModel(study, run, ports)).stopped, 'cancelled');
    assert.equal((await improveModel(study, run, ports)).attempts[0]?.title, 'Use 32 units');
    const wishing = fakePorts(scripted(9, 32));
    await killedAt(wishing, 9, 2);
    assert.equal(
      (await improveModel(study, { ...run, wish: 'wider' }, wishing)).attempts[0]?.title,
      'Use 32 units',
    );
  },
);

test('an interrupted baseline keeps its seeds; a finished one is trained again when asked', async () => {
  const ports = fakePorts(scripted());
  await killedAt(ports, 8, 3);
  await trainNow(await openSession(study, ports), source(8), signal, ports);
  assert.deepEqual(ports.trainer.seeds, ['8:3']);
  await trainNow(await openSession(study, ports), source(8), signal, ports);
  assert.deepEqual(ports.trainer.seeds, ['8:3', '8:1', '8:2', '8:3']);
});

test('retraining adds seeds to those there are', async () => {
  const ports = fakePorts(scripted(9));
  const [attempt] = (await improveModel(study, run, ports)).attempts;
  assert.ok(attempt);
  ports.trainer.seeds.length = 0;
  const more = {
    ...study,
    config: { ...study.config, judge: { ...study.config.judge, maxSeeds: 2 } },
  };
  const again = await retrainAttempt(more, { id: attempt.id, signal }, ports);
  assert.ok((again.metric?.values.length ?? 0) >= (attempt.metric?.values.length ?? 0));
  assert.ok(!ports.trainer.seeds.includes('9:1'));
});

test('retraining to a number of seeds trains those that are missing, in one go, and refuses none', async () => {
  const ports = fakePorts(scripted(9));
  const [attempt] = (await improveModel(study, run, ports)).attempts;
  assert.ok(attempt);
  const before = attempt.metric?.values.length ?? 0;
  ports.trainer.seeds.length = 0;
  const again = await retrainAttempt(study, { id: attempt.id, seeds: before + 2, signal }, ports);
  assert.equal(again.metric?.values.length, before + 2);
  assert.equal(ports.trainer.seeds.filter((seed) => seed.startsWith('9:')).length, 2);
  await assert.rejects(retrainAttempt(study, { id: attempt.id, seeds: before, signal }, ports), {
    code: 'attempt-has-seeds',
  });
});

test("a baseline with more seeds trains the new ones alone, and takes nobody's place", async () => {
  const ports = fakePorts(scripted(32, 40));
  const [better] = (await improveModel(study, run, ports)).attempts;
  const baseline = ports.store.attempts[0];
  assert.ok(baseline && better?.verdict === 'better');
  const before = baseline.trials.length;
  ports.trainer.seeds.length = 0;
  const more = await retrainAttempt(study, { id: baseline.id, seeds: before + 2, signal }, ports);
  assert.deepEqual(
    { verdict: more.verdict, parents: more.parents, valuesCount: more.metric?.values.length },
    { verdict: 'baseline', parents: [baseline.id], valuesCount: before + 2 },
  );
  assert.deepEqual(ports.trainer.seeds, [`8:${before + 1}`, `8:${before + 2}`]);
  const history = await ports.store.list(study);
  assert.equal(currentBest(history, objectivesOf(study.config))?.id, better.id);
  assert.equal(baselineOf(more, history).id, baseline.id);
  await assert.rejects(retrainAttempt(study, { id: more.id, seeds: before + 2, signal }, ports), {
    code: 'attempt-has-seeds',
  });
  ports.trainer.seeds.length = 0;
  await retrainAttempt(study, { id: better.id, seeds: before + 2, signal }, ports);
  assert.deepEqual(
    ports.trainer.seeds.filter((trial) => trial.startsWith('8:')),
    [],
    'what is compared with it finds its seeds',
  );
  const [next] = (await improveModel(study, run, ports)).attempts;
  assert.deepEqual(next?.parents, [better.id]);
});

test('a baseline that other data were trained with since is trained anew, as one of its own', async () => {
  const ports = fakePorts(scripted());
  const baseline = await trainNow(await openSession(study, ports), source(8), signal, ports);
  const other = { ...study, config: { ...study.config, epochs: study.config.epochs + 1 } };
  ports.trainer.seeds.length = 0;
  const anew = await retrainAttempt(other, { id: baseline.id, seeds: 4, signal }, ports);
  assert.deepEqual(
    {
      parents: anew.parents,
      valuesCount: anew.metric?.values.length,
      seedsCount: ports.trainer.seeds.length,
    },
    { parents: [], valuesCount: 4, seedsCount: 4 },
  );
});

test(
  'what was trained on another runtime is not taken for the same: own seeds and the parent’s ' +
    'are trained again',
  async () => {
    const ports = fakePorts(scripted(9, 32));
    const [attempt] = (await improveModel(study, run, ports)).attempts;
    assert.ok(attempt);
    ports.trainer.runsOn = 'other';
    ports.trainer.seeds.length = 0;
    await retrainAttempt(study, { id: attempt.id, signal }, ports);
    assert.deepEqual(ports.trainer.seeds.slice(0, 4).toSorted(), ['8:1', '8:2', '9:1', '9:2']);
    assert.ok(
      ports.events.some(
        (event) =>
          event.kind === 'notice' && event.text.startsWith('#0 was trained on another runtime'),
      ),
    );
    ports.trainer.seeds.length = 0;
    await retrainAttempt(study, { id: attempt.id, signal }, ports);
    assert.deepEqual(
      ports.trainer.seeds.filter((seed) => ['8:1', '8:2', '9:1', '9:2'].includes(seed)),
      [],
      'now they are known there, too',
    );
  },
);
