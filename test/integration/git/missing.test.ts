import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createStore } from '../../support/attemptStore.ts';
import { attempt, MODEL, repository, run, studyIn, variant } from './helpers.ts';

describe('what is not there', () => {
  test(
    'a missing record takes nothing else with it: the list stands, the rest is read, the next ' +
      'attempt is recorded',
    async () => {
      const folder = repository();
      const study = studyIn(join(folder, 'digits'));
      const store = createStore();
      for (const number of [0, 1, 2])
        await store.record(study, attempt(number), number === 0 ? MODEL : variant(number));
      const blob = run(folder, 'rev-parse', 'cortex/digits~1:.cortex/attempt.json').trim();
      rmSync(join(folder, '.git', 'objects', blob.slice(0, 2), blob.slice(2)), { force: true });

      const late = createStore();
      assert.deepEqual(
        (await late.list(study)).map(({ number }) => number),
        [0, 1, 2],
      );
      await assert.rejects(late.read(study, attempt(1).id), { code: 'git-corrupt' });
      assert.equal(await late.readVariant(study, attempt(1).id), variant(1));
      assert.deepEqual(
        [
          ...(
            await late.readMany(
              study,
              [0, 1, 2].map((number) => attempt(number).id),
            )
          ).keys(),
        ],
        [attempt(0).id, attempt(2).id],
      );
      assert.equal((await late.record(study, attempt(3), variant(3))).number, 3);
    },
  );

  test('two repositories in one window keep their studies apart, though names and paths agree', async () => {
    const [left, right] = [repository(), repository()];
    const [here, there] = [studyIn(join(left, 'digits')), studyIn(join(right, 'digits'))];
    const store = createStore();
    await Promise.all([
      store.record(here, attempt(0), MODEL),
      store.record(there, attempt(5), variant(5)),
    ]);
    await store.record(here, attempt(1), variant(1));
    assert.deepEqual(
      (await store.list(here)).map(({ number }) => number),
      [0, 1],
    );
    assert.deepEqual(
      (await store.list(there)).map(({ number }) => number),
      [5],
    );
    await assert.rejects(store.read(there, attempt(0).id), { code: 'attempt-unknown' });
    assert.equal(await store.readVariant(there, attempt(5).id), variant(5));
    assert.deepEqual(
      [left, right].map((folder) =>
        run(folder, 'rev-list', '--count', 'main..cortex/digits').trim(),
      ),
      ['2', '1'],
    );
  });
});
