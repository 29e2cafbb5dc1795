import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createStore } from '../../support/attemptStore.ts';
import { attempt, repository, run, studyIn, tipOf, untouched, variant } from './helpers.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');
const start = (...args: readonly string[]): Promise<unknown> =>
  promisify(execFile)(process.execPath, [WORKER, ...args]);

async function startDraft(folder: string, name: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, folder, 'draft', name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(output.toString().trim(), 'ready');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('Several windows at once', () => {
  test('three processes that write ten attempts each lose nothing', async () => {
    const root = repository();
    const folder = join(root, 'digits');
    const names = ['ann', 'bob', 'cyd'];
    await untouched(root, () =>
      Promise.all(names.map((name) => start(folder, 'record', name, '10'))),
    );
    const listed = await createStore().list(studyIn(folder));
    assert.equal(new Set(listed.map(({ id }) => id)).size, 30);
    assert.deepEqual(
      listed.map(({ number }) => number).toSorted((a, b) => a - b),
      Array.from({ length: 30 }, (_, i) => i),
    );
    for (const name of names) assert.equal(listed.filter(({ id }) => id.endsWith(name)).length, 10);
    assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
    assert.equal(run(root, 'rev-list', '--count', 'HEAD..cortex/digits').trim(), '30');
  });

  test('four processes that write the first attempt at once make one branch', async () => {
    const root = repository();
    const folder = join(root, 'digits');
    await Promise.all(['ann', 'bob', 'cyd', 'dan'].map((name) => start(folder, 'once', name)));
    const listed = await createStore().list(studyIn(folder));
    assert.deepEqual(
      listed.map(({ number }) => number),
      [0, 1, 2, 3],
    );
    const store = createStore();
    const records = await Promise.all(listed.map(({ id }) => store.read(studyIn(folder), id)));
    assert.deepEqual(
      records.map(({ number }) => number),
      [0, 1, 2, 3],
    );
  });

  test('one store used in parallel', async () => {
    const study = studyIn(join(repository(), 'digits'));
    const store = createStore();
    await Promise.all(
      Array.from({ length: 6 }, (_, i) => store.record(study, attempt(i), variant(i))),
    );
    assert.deepEqual(
      (await store.list(study)).map(({ id }) => id).toSorted(),
      Array.from({ length: 6 }, (_, i) => attempt(i).id).toSorted(),
    );
  });

  test('what another window records is seen', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    await store.record(study, attempt(0), variant(0));
    const before = tipOf(root);
    await start(join(root, 'digits'), 'record', 'ann', '2');
    assert.notEqual(tipOf(root), before);
    assert.deepEqual(
      (await store.list(study)).map(({ number }) => number),
      [0, 1, 2],
    );
  });
});

describe('An unfinished attempt', () => {
  test('of a living process is left alone; of a dead one it becomes a cancelled attempt, once', async () => {
    const root = repository();
    const folder = join(root, 'digits');
    const study = studyIn(folder);
    const child = await startDraft(folder, 'killed');
    assert.deepEqual(await createStore().list(study), []);
    assert.equal(
      run(root, 'for-each-ref', '--format=%(refname)', 'refs/cortex').trim(),
      'refs/cortex/drafts/digits/digits-5-killed',
    );
    await end(child);
    await untouched(root, () =>
      Promise.all([
        start(folder, 'list'),
        start(folder, 'list'),
        start(folder, 'list'),
        createStore().list(study),
      ]),
    );
    const listed = await createStore().list(study);
    assert.deepEqual(
      listed.map(({ id, verdict }) => [id, verdict]),
      [['digits-5-killed', 'cancelled']],
    );
    assert.equal(run(root, 'rev-list', '--count', 'HEAD..cortex/digits').trim(), '1');
    assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
    const record = await createStore().read(study, 'digits-5-killed');
    assert.deepEqual(
      record.trials.map((trial) => [
        trial.seed,
        trial.outcome === 'failed' ? trial.failure.kind : trial.outcome,
      ]),
      [
        [1, 'completed'],
        [2, 'interrupted'],
      ],
    );
    assert.match(record.verdict.text, /^Interrupted/);
    assert.equal(listed[0]?.metric?.values.length, 1);
    assert.equal(await createStore().readVariant(study, 'digits-5-killed'), variant(5));
  });

  test('whose git has left a lock behind: the next takes it away, and both attempts are kept', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    await createStore().record(study, attempt(0), variant(0));
    const child = await startDraft(join(root, 'digits'), 'killed');
    await end(child);
    const lock = join(root, '.git', 'refs', 'heads', 'cortex', 'digits.lock');
    writeFileSync(lock, '');
    const before = new Date(Date.now() - 60_000);
    utimesSync(lock, before, before);
    await createStore().record(study, attempt(1), variant(1));
    assert.deepEqual(
      (await createStore().list(study)).map(({ id }) => id),
      [attempt(0).id, attempt(1).id, 'digits-5-killed'],
    );
    assert.ok(!existsSync(lock));
    run(root, 'fsck', '--strict');
  });

  test('whose attempt is on the branch already is only dropped', async () => {
    const root = repository();
    const folder = join(root, 'digits');
    const study = studyIn(folder);
    const child = await startDraft(folder, 'killed');
    const draft = run(root, 'rev-parse', 'refs/cortex/drafts/digits/digits-5-killed').trim();
    await end(child);
    await createStore().list(study);
    run(root, 'update-ref', 'refs/cortex/drafts/digits/digits-5-killed', draft);
    assert.equal((await createStore().list(study)).length, 1);
    assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
  });

  test('of a process number that another process has now is taken for dead', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    await createStore().saveDraft(study, attempt(0), variant(0));
    const ref = `refs/cortex/drafts/digits/${attempt(0).id}`;
    const message = run(root, 'log', '-1', '--format=%B', ref).replace(
      /"started":"[^"]*"/,
      '"started":"long ago"',
    );
    run(root, 'update-ref', ref, run(root, 'commit-tree', `${ref}^{tree}`, '-m', message).trim());
    assert.deepEqual(
      (await createStore().list(study)).map(({ verdict }) => verdict),
      ['cancelled'],
    );
  });

  test('of another machine is left alone for a week', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    await createStore().saveDraft(study, attempt(0), variant(0));
    const ref = `refs/cortex/drafts/digits/${attempt(0).id}`;
    const message = run(root, 'log', '-1', '--format=%B', ref).replace(
      /"host":"[^"]*"/,
      '"host":"elsewhere"',
    );
    run(root, 'update-ref', ref, run(root, 'commit-tree', `${ref}^{tree}`, '-m', message).trim());
    assert.deepEqual(await createStore().list(study), []);
    process.env.GIT_COMMITTER_DATE = '2020-01-01T00:00:00Z';
    try {
      run(root, 'update-ref', ref, run(root, 'commit-tree', `${ref}^{tree}`, '-m', message).trim());
    } finally {
      delete process.env.GIT_COMMITTER_DATE;
    }
    assert.equal((await createStore().list(study)).length, 1);
  });

  test('saved again keeps what has been trained since', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    const { trials, ...rest } = attempt(0);
    await store.saveDraft(study, { ...rest, trials: [] }, variant(0));
    await store.saveDraft(study, { ...rest, trials: trials.slice(0, 2) }, variant(0));
    const saved = JSON.parse(
      run(root, 'show', `refs/cortex/drafts/digits/${rest.id}:.cortex/attempt.json`),
    ) as { trials: unknown[] };
    assert.equal(saved.trials.length, 2);
  });

  test('that left the lock of all refs: the attempt is there, its draft goes later', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const lock = join(root, '.git', 'packed-refs.lock');
    writeFileSync(lock, '');
    await start(study.folder, 'record', 'ann', '1');
    const verdicts = async (): Promise<readonly string[]> =>
      (await createStore().list(study)).map(({ verdict }) => verdict);
    assert.deepEqual(await verdicts(), ['better']);
    assert.notEqual(run(root, 'for-each-ref', 'refs/cortex'), '');
    rmSync(lock);
    assert.deepEqual(await verdicts(), ['better']);
    assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
  });
});
