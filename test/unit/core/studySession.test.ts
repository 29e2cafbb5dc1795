import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import { openSession } from '../../../src/loop/studySession.ts';
import { retrainAttempt, trainFile } from '../../../src/loop/retrain.ts';
import type { SearchResult } from '../../../src/ports/searcher.ts';
import { fakePorts, options, scripted, scriptedBatch, study } from './fakePorts.ts';

const { signal } = options(1);

/** Ports that count how often the study is read. */
function counting(...units: readonly number[]) {
  const ports = fakePorts(scripted(...units));
  const reads = { list: 0, profile: 0, log: 0 };
  const { store, trainer, files } = ports;
  store.list = ((list) => () => {
    reads.list++;
    return list.call(store);
  })(store.list);
  trainer.profileData = (
    (profile) =>
    (...asked) => {
      reads.profile++;
      return profile(...asked);
    }
  )(trainer.profileData);
  const readLog: typeof files.readLog = (asked) => {
    reads.log++;
    return files.readLog(asked);
  };
  return { ports: { ...ports, files: { ...files, readLog } }, reads };
}

describe('a study is read once', () => {
  test('by a run of several rounds, with its check', async () => {
    const { ports, reads } = counting(16, 32, 64);
    const { attempts } = await improveModel(study, options(3, 'first'), ports);
    assert.equal(attempts.length, 3);
    assert.deepEqual(reads, { list: 1, profile: 1, log: 1 });
  });

  test('by a baseline that is trained', async () => {
    const { ports, reads } = counting();
    await trainFile(study, signal, ports);
    assert.deepEqual(reads, { list: 1, profile: 1, log: 0 });
  });

  test('by an attempt that is trained again', async () => {
    const { ports, reads } = counting();
    const { id } = await trainFile(study, signal, ports);
    await retrainAttempt(study, { id, signal }, ports);
    assert.deepEqual(reads, { list: 2, profile: 2, log: 0 });
  });
});

test('training a file that was trained before adds seeds to its baseline', async () => {
  const ports = fakePorts(scripted());
  await trainFile(study, signal, ports);
  await trainFile(study, signal, ports);
  const [baseline, further] = ports.store.attempts;
  assert.ok(baseline && further);
  assert.deepEqual(
    { kind: further.kind, parents: further.parents, seeds: further.trials.map(({ seed }) => seed) },
    { kind: 'more-seeds', parents: [baseline.id], seeds: [1, 2, 3, 4, 5, 6] },
  );
});

test('a session knows what it recorded; what others record is known to the next one', async () => {
  const ports = fakePorts(scripted());
  const session = await openSession(study, ports);
  await trainFile(study, signal, ports);
  assert.deepEqual(
    { historyLength: session.history.length, recordedLength: session.recorded.length },
    { historyLength: 0, recordedLength: 0 },
  );
  const other = await openSession(study, ports);
  const attempt = ports.store.attempts[0] ?? assert.fail();
  await other.record({ ...attempt, id: 'fake-1', number: 1 }, 'text');
  assert.deepEqual(
    { history: other.history.map(({ id }) => id), recorded: other.recorded.map(({ id }) => id) },
    { history: [attempt.id, 'fake-1'], recorded: ['fake-1'] },
  );
});

test('data that could not be read is asked for again', async () => {
  const ports = fakePorts(scripted());
  const session = await openSession(study, {
    ...ports,
    trainer: {
      ...ports.trainer,
      profileData: (own, stop) =>
        stop.aborted ? Promise.reject(new Error('no data')) : ports.trainer.profileData(own, stop),
    },
  });
  await assert.rejects(session.profile(AbortSignal.abort()), /no data/);
  assert.equal((await session.profile(signal))?.hash, 'data');
});

test('a searcher is told what came of each proposal, those left behind together', async () => {
  const told: (readonly SearchResult[])[] = [];
  const tell = (results: readonly SearchResult[]): void => {
    told.push(results);
  };
  const ports = fakePorts({ ...scriptedBatch(13, 16, 32, 64), tell });
  const { attempts } = await improveModel(study, { ...options(1), batch: 4 }, ports);
  assert.deepEqual(
    told.flat().map(({ attempt }) => attempt.id),
    attempts.map(({ id }) => id),
  );
  assert.deepEqual(
    told.map((results) => results.length),
    [2, 1, 1],
  );
  assert.ok(told.flat().every(({ proposal, attempt }) => proposal.title === attempt.title));
});
