import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fetchedStudies } from '../../../src/adapters/git/fetchedStudies.ts';
import { createStore } from '../../support/attemptStore.ts';
import { cortex } from '../cli/cortex.ts';
import {
  attempt,
  baselineAttempt,
  MODEL,
  repository,
  run,
  studyIn,
  temporaryFolder,
  untouched,
  variant,
} from './helpers.ts';

/** A colleague's study, pushed to a bare remote and fetched into another clone. */
async function fetched(): Promise<{ readonly theirs: string; readonly mine: string }> {
  const theirs = repository();
  const store = createStore();
  const study = studyIn(join(theirs, 'digits'));
  await store.record(study, baselineAttempt(0), MODEL);
  await store.record(study, attempt(1, { parents: [attempt(0).id] }), variant(1));
  const bare = temporaryFolder();
  run(bare, 'init', '-q', '--bare');
  run(theirs, 'remote', 'add', 'origin', bare);
  run(theirs, 'push', '-q', 'origin', 'main', 'cortex/digits');
  const mine = temporaryFolder();
  run(mine, 'clone', '-q', bare, '.');
  return { theirs, mine };
}

describe('a study fetched from a remote', () => {
  test('is read as its own repository reads it, with nothing of it here but the branch', async () => {
    const { theirs, mine } = await fetched();
    rmSync(join(mine, 'digits'), { recursive: true });
    await untouched(mine, async () => {
      const [study, ...others] = await fetchedStudies(join(mine, 'digits', 'model.ts'));
      assert.ok(study && others.length === 0);
      assert.deepEqual(
        { name: study.name, remote: study.remote, modelPath: study.modelPath },
        { name: 'digits', remote: 'origin', modelPath: join(mine, 'digits', 'model.ts') },
      );
      const [own, store] = [createStore(), createStore()];
      const ownStudy = studyIn(join(theirs, 'digits'));
      assert.deepEqual(await store.list(study), await own.list(ownStudy));
      const id = attempt(1).id;
      assert.deepEqual(await store.read(study, id), await own.read(ownStudy, id));
      assert.equal(await store.readVariant(study, id), variant(1));
      assert.equal(await own.readVariant(ownStudy, id), variant(1));
      assert.equal(run(mine, 'for-each-ref', 'refs/heads/cortex', 'refs/cortex'), '');
    });
  });

  test('takes no attempt in, and follows the next fetch', async () => {
    const { theirs, mine } = await fetched();
    const store = createStore();
    const [study] = await fetchedStudies(mine);
    assert.ok(study);
    assert.equal((await store.list(study)).length, 2);
    await assert.rejects(store.saveDraft(study, attempt(2), MODEL), { code: 'study-fetched' });
    await assert.rejects(store.record(study, attempt(2), MODEL), { code: 'study-fetched' });
    assert.equal(run(mine, 'for-each-ref', 'refs/heads/cortex', 'refs/cortex'), '');
    await createStore().record(studyIn(join(theirs, 'digits')), attempt(2), variant(2));
    run(theirs, 'push', '-q', 'origin', 'cortex/digits');
    run(mine, 'fetch', '-q');
    assert.deepEqual(
      (await store.list(study)).map(({ number }) => number),
      [0, 1, 2],
    );
  });

  test("the repository's own study of that name stands beside it, untouched", async () => {
    const { mine } = await fetched();
    const store = createStore();
    const own = studyIn(join(mine, 'digits'));
    assert.deepEqual(await store.list(own), []);
    await store.record(own, attempt(7), MODEL);
    const [study] = await fetchedStudies(mine);
    assert.ok(study);
    assert.deepEqual(
      (await store.list(own)).map(({ number }) => number),
      [7],
    );
    assert.deepEqual(
      (await store.list(study)).map(({ number }) => number),
      [0, 1],
    );
  });

  test('the terminal lists and shows it', async () => {
    const { mine } = await fetched();
    rmSync(join(mine, 'digits'), { recursive: true });
    const { code, stdout } = await cortex(mine, 'history', '--from', 'origin');
    assert.equal(code, 0);
    assert.match(stdout, /^origin\/cortex\/digits, read only\.$/m);
    assert.match(stdout, /Batch normalisation after each dense layer/);
    const shown = await cortex(mine, 'show', '1');
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /val_loss has been flat since epoch 9/);
    const elsewhere = await cortex(mine, 'history', '--from', 'upstream');
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.stderr, /git fetch upstream/);
  });
});
