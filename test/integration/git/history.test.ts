import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { GitAttemptStore } from '../../../src/adapters/git/gitAttemptStore.ts';
import { createStore } from '../../support/attemptStore.ts';
import type { Study } from '../../../src/study/study.ts';
import {
  attempt,
  MODEL,
  repository,
  run,
  studyIn,
  temporaryFolder,
  tipOf,
  untouched,
  variant,
  write,
} from './helpers.ts';

/** A repository with `count` attempts on the branch. */
async function recorded(
  count: number,
): Promise<{ root: string; study: Study; store: GitAttemptStore }> {
  const root = repository();
  const study = studyIn(join(root, 'digits'));
  const store = createStore();
  for (let number = 0; number < count; number++)
    await store.record(study, attempt(number), variant(number));
  return { root, study, store };
}

/** Puts a commit of somebody else's on the study's branch. */
function commitOnBranch(root: string, message: string, tree = 'cortex/digits^{tree}'): void {
  run(
    root,
    'update-ref',
    'refs/heads/cortex/digits',
    run(root, 'commit-tree', tree, '-p', 'cortex/digits', '-m', message).trim(),
  );
}

/** The tip's tree with another text as the record. */
function treeWithRecord(root: string, text: string): string {
  const worktree = join(temporaryFolder(), 'tree');
  run(root, 'worktree', 'add', '-q', '--detach', worktree, 'cortex/digits');
  write(worktree, { '.cortex/attempt.json': text });
  run(worktree, 'add', '-A');
  return run(worktree, 'write-tree').trim();
}

const numbers = async (study: Study, store = createStore()): Promise<readonly number[]> =>
  (await store.list(study)).map(({ number }) => number);

describe("A branch that is not only Cortex's", () => {
  test('commits of others are passed over, and the branch grows on them', async () => {
    const { root, study, store } = await recorded(1);
    commitOnBranch(root, 'A note of mine');
    commitOnBranch(root, 'Another\n\nSigned-off-by: Ada');
    assert.deepEqual(await numbers(study), [0]);
    await store.record(study, attempt(1), variant(1));
    commitOnBranch(root, 'At the tip');
    assert.deepEqual(await numbers(study), [0, 1]);
    assert.deepEqual(await numbers(study, store), [0, 1]);
  });

  test('a branch of that name made by the user is built upon', async () => {
    const root = repository();
    run(root, 'branch', 'cortex/digits');
    write(root, { 'README.md': 'more\n' });
    run(root, 'commit', '-qam', 'more on main');
    const study = studyIn(join(root, 'digits'));
    assert.deepEqual(await numbers(study), []);
    await createStore().record(study, attempt(0), variant(0));
    assert.deepEqual(await numbers(study), [0]);
    assert.equal(run(root, 'rev-parse', 'cortex/digits~1'), run(root, 'rev-parse', 'main~1'));
  });

  test('main merged into it hides nothing and adds nothing', async () => {
    const { root, study } = await recorded(2);
    const merge = run(
      root,
      'commit-tree',
      'cortex/digits^{tree}',
      '-p',
      'cortex/digits',
      '-p',
      'main',
      '-m',
      'Merge main',
    ).trim();
    run(root, 'update-ref', 'refs/heads/cortex/digits', merge);
    assert.deepEqual(await numbers(study), [0, 1]);
  });

  test('damaged trailers hide that attempt alone', async () => {
    const { root, study, store } = await recorded(2);
    commitOnBranch(
      root,
      run(root, 'log', '-1', '--format=%B', 'cortex/digits')
        .replace('Cortex-Number: 1', 'Cortex-Number: one')
        .replace(attempt(1).id, 'other'),
    );
    await store.record(study, attempt(2), variant(2));
    assert.deepEqual(await numbers(study), [0, 1, 2]);
  });

  test('that was rebased is read to where it began, wherever that is now', async () => {
    const { root, study } = await recorded(2);
    run(root, 'worktree', 'add', '-q', join(root, 'ignored', 'tree'), 'cortex/digits');
    const rebase = (onto: string): void => {
      run(
        join(root, 'ignored', 'tree'),
        'rebase',
        '-q',
        '--onto',
        onto,
        'cortex/digits~2',
        'cortex/digits',
      );
    };
    for (let count = 0; count < 3; count++)
      run(root, 'commit', '-q', '--allow-empty', '-m', `main ${count}`);
    rebase('main');
    assert.deepEqual(await numbers(study), [0, 1]);
    const orphan = run(root, 'commit-tree', 'main^{tree}', '-m', 'Another root').trim();
    rebase(orphan);
    assert.deepEqual(await numbers(study), [0, 1]);
  });

  test('that begins where an earlier study ended does not take its attempts in', async () => {
    const { root, study } = await recorded(2);
    run(root, 'reset', '-q', '--hard', 'cortex/digits');
    run(root, 'branch', '-D', 'cortex/digits');
    await createStore().record(study, attempt(5), variant(5));
    assert.deepEqual(await numbers(study), [5]);
  });

  test('with more commits of others than attempts is read to its end', async () => {
    const { root, study } = await recorded(1);
    const first = run(root, 'rev-parse', 'cortex/digits').trim();
    const others = Array.from(
      { length: 150 },
      (_, index) =>
        `commit refs/heads/cortex/digits\ncommitter Ada <ada@example.org> ` +
        `${1_800_000_000 + index} +0000\ndata ` +
        `5\nother\n${index === 0 ? `from ${first}\n` : ''}`,
    );
    execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: others.join('') });
    assert.deepEqual(await numbers(study), [0]);
  });

  test('an attempt that was picked twice counts once', async () => {
    const { root, study } = await recorded(2);
    commitOnBranch(root, run(root, 'log', '-1', '--format=%B', 'cortex/digits~1'));
    assert.deepEqual(await numbers(study), [0, 1]);
  });
});

describe('A record', () => {
  test('that is damaged is named, and the list stands', async () => {
    for (const text of ['{ "version": 1,', '{"version":1,"id":"x"}', '[]', '']) {
      const { root, study } = await recorded(1);
      commitOnBranch(
        root,
        run(root, 'log', '-1', '--format=%B', 'cortex/digits'),
        treeWithRecord(root, text),
      );
      assert.equal((await createStore().list(study)).length, 1);
      await assert.rejects(
        createStore().read(study, attempt(0).id),
        { code: 'attempt-damaged' },
        text,
      );
    }
  });

  test('from a newer version says so, and the list stands', async () => {
    const { root, study } = await recorded(1);
    commitOnBranch(
      root,
      run(root, 'log', '-1', '--format=%B', 'cortex/digits'),
      treeWithRecord(root, JSON.stringify({ version: 99, whatever: true })),
    );
    assert.equal((await createStore().list(study)).length, 1);
    await assert.rejects(createStore().read(study, attempt(0).id), {
      code: 'attempt-newer',
    });
  });

  test('that does not fit its schema is not written', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    await untouched(root, () =>
      assert.rejects(store.record(study, attempt(0, { parameters: Number.NaN }), MODEL), {
        code: 'attempt-invalid',
        kind: 'defect',
      }),
    );
    assert.equal(tipOf(root), null);
  });
});

describe('A branch that moves', () => {
  test('is read again as a whole when it was rewritten', async () => {
    const { root, study, store } = await recorded(3);
    await store.list(study);
    run(root, 'update-ref', 'refs/heads/cortex/digits', 'cortex/digits~2');
    assert.deepEqual(await numbers(study, store), [0]);
    await store.record(study, attempt(7), variant(7));
    assert.deepEqual(await numbers(study, store), [0, 7]);
  });

  test('is empty again when it was deleted, even when its objects are gone', async () => {
    const { root, study, store } = await recorded(2);
    await store.list(study);
    run(root, 'branch', '-qD', 'cortex/digits');
    run(root, 'reflog', 'expire', '--expire=now', '--all');
    run(root, 'gc', '-q', '--prune=now');
    assert.deepEqual(await store.list(study), []);
    assert.equal(tipOf(root), null);
    await store.record(study, attempt(4), variant(4));
    assert.deepEqual(await numbers(study, store), [4]);
  });

  test('is read in a shallow clone that lacks its start', async () => {
    const { root } = await recorded(4);
    const clone = join(temporaryFolder(), 'clone');
    run(root, 'clone', '-q', '--depth=3', '--branch=cortex/digits', `file://${root}`, clone);
    run(clone, 'switch', '-q', '-c', 'work');
    const study = studyIn(join(clone, 'digits'));
    assert.deepEqual(await numbers(study), [1, 2, 3]);
    await createStore().record(study, attempt(4), variant(4));
    assert.deepEqual(await numbers(study), [1, 2, 3, 4]);
  });
});

describe('The model file of a branch', () => {
  test('that belongs to another model file is refused, with the way out', async () => {
    const { root } = await recorded(1);
    write(root, { 'second/digits/model.ts': MODEL });
    const other = studyIn(join(root, 'second', 'digits'));
    const store = createStore();
    for (const work of [
      () => store.list(other),
      () => store.saveDraft(other, attempt(1), MODEL),
      () => store.record(other, attempt(1), MODEL),
    ]) {
      await assert.rejects(
        work,
        (error: Error & { code: string; remedy: string }) =>
          error.code === 'git-branch-taken' && error.remedy.includes('"name"'),
      );
    }
    assert.deepEqual(await store.list({ ...other, name: 'digits-2' }), []);
  });

  test('that was renamed is followed', async () => {
    const { root } = await recorded(1);
    renameSync(join(root, 'digits'), join(root, 'numbers'));
    const study = studyIn(join(root, 'numbers'));
    const store = createStore();
    await store.record(study, attempt(1, { parents: [attempt(0).id] }), variant(1));
    assert.deepEqual(await numbers(study, store), [0, 1]);
    assert.equal(await store.readVariant(study, attempt(0).id), variant(0));
    assert.equal(await store.readVariant(study, attempt(1).id), variant(1));
  });

  test('that was deleted still has its history', async () => {
    const { root, study } = await recorded(1);
    rmSync(join(root, 'digits', 'model.ts'));
    assert.deepEqual(await numbers(study), [0]);
    assert.equal(await createStore().readVariant(study, attempt(0).id), variant(0));
  });
});
