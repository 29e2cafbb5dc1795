import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createStore } from '../../support/attemptStore.ts';
import { attempt, repository, run, studyIn, untouched, variant, write } from './helpers.ts';
import { oddSituations } from './oddSituations.ts';
import { recordIn } from './recordIn.ts';
import { digitsOf, situations } from './situations.ts';

/** `npm run bench -- crash` goes through all of the rarer ones. */
const EVERY = 4;

describe("Nothing of the user's is touched", () => {
  const odd = oddSituations.filter((_, at) => at % EVERY === 0);
  for (const situation of [...situations, ...odd]) test(situation.name, () => recordIn(situation));

  test('the variables of an outer git process are not followed', async () => {
    const root = repository();
    const other = repository();
    const study = studyIn(digitsOf(root));
    const outer = {
      GIT_DIR: join(other, '.git'),
      GIT_INDEX_FILE: join(other, '.git', 'index'),
      GIT_WORK_TREE: other,
      GIT_PREFIX: 'x/',
      GIT_AUTHOR_DATE: 'yesterday',
      GIT_PAGER: 'false',
      EDITOR: 'false',
    };
    const before = { ...process.env };
    Object.assign(process.env, outer);
    try {
      await createStore().record(study, attempt(0), variant(0));
    } finally {
      for (const key of Object.keys(outer)) Reflect.deleteProperty(process.env, key);
      Object.assign(process.env, before);
    }
    assert.equal(run(other, 'for-each-ref', 'refs/heads/cortex'), '');
    assert.equal((await createStore().list(study)).length, 1);
  });

  test('a user without a name commits as Cortex, one with a name as themselves', async () => {
    const root = repository();
    const study = studyIn(digitsOf(root));
    await createStore().record(study, attempt(0), variant(0));
    run(root, 'config', '--unset', 'user.email');
    await createStore().record(study, attempt(1), variant(1));
    run(root, 'config', '--unset', 'user.name');
    await createStore().record(study, attempt(2), variant(2));
    assert.deepEqual(
      run(root, 'log', '-3', '--format=%an <%ae> %cn <%ce>', 'cortex/digits').trim().split('\n'),
      [
        'Cortex <cortex@localhost> Cortex <cortex@localhost>',
        'Ada <cortex@localhost> Ada <cortex@localhost>',
        'Ada <ada@example.org> Ada <ada@example.org>',
      ],
    );
  });

  test(
    "a branch that is checked out is not moved under the user's feet; what was trained joins " +
      'it later',
    async () => {
      const root = repository();
      const study = studyIn(digitsOf(root));
      const store = createStore();
      await store.record(study, attempt(0), variant(0));
      await store.saveDraft(study, attempt(1), variant(1));
      run(root, 'switch', '-q', 'cortex/digits');
      await untouched(root, async () => {
        await assert.rejects(store.saveDraft(study, attempt(2), variant(2)), {
          code: 'git-branch-checked-out',
        });
        await assert.rejects(store.record(study, attempt(1), variant(1)), {
          code: 'git-branch-checked-out',
        });
        assert.equal((await store.list(study)).length, 1);
      });
      run(root, 'switch', '-q', 'main');
      const listed = await store.list(study);
      assert.deepEqual(
        listed.map(({ number, verdict }) => [number, verdict]),
        [
          [0, 'better'],
          [1, 'better'],
        ],
      );
      assert.deepEqual((await store.read(study, attempt(1).id)).trials, attempt(1).trials);
      assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
    },
  );

  test('the user may commit and switch while a draft trains', async () => {
    const root = repository();
    const study = studyIn(digitsOf(root));
    const store = createStore();
    await store.saveDraft(study, attempt(0), variant(0));
    write(root, { 'digits/data.ts': '// edited while it trained\n' });
    run(root, 'commit', '-qam', 'meanwhile');
    await store.record(study, attempt(0), variant(0));
    assert.equal(
      run(root, 'show', 'cortex/digits:digits/data.ts'),
      'export const loadData = () => 1;\n',
    );
    assert.equal(run(root, 'rev-parse', 'cortex/digits~1'), run(root, 'rev-parse', 'main~1'));
    assert.equal(
      readFileSync(join(root, 'digits', 'data.ts'), 'utf8'),
      '// edited while it trained\n',
    );
  });
});
