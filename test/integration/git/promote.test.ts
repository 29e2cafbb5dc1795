import assert from 'node:assert/strict';
import {
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promote } from '../../../src/loop/promote.ts';
import type { GitAttemptStore } from '../../../src/adapters/git/gitAttemptStore.ts';
import { createStore } from '../../support/attemptStore.ts';
import type { Study } from '../../../src/study/study.ts';
import {
  attempt,
  baselineAttempt,
  MODEL,
  repository,
  run,
  studyIn,
  temporaryFolder,
} from './helpers.ts';

const BETTER = MODEL.replace('1', '2');

async function studied(): Promise<{
  folder: string;
  study: Study;
  store: GitAttemptStore;
  ids: readonly [string, string];
}> {
  const folder = repository();
  const study = studyIn(join(folder, 'digits'));
  const store = createStore();
  const baseline = baselineAttempt(0);
  const better = attempt(1, { parents: [baseline.id] });
  await store.record(study, baseline, MODEL);
  await store.record(study, better, BETTER);
  return { folder, study, store, ids: [baseline.id, better.id] };
}

/** All that is the user's: branch, index with its stat data, status, files. */
const own = (folder: string): string =>
  [
    run(folder, 'symbolic-ref', 'HEAD'),
    run(folder, 'rev-parse', 'HEAD'),
    run(folder, 'ls-files', '--stage', '--debug'),
    run(folder, 'status', '--porcelain=v2', '--branch'),
    statSync(join(folder, '.git/index')).mtimeMs,
    readFileSync(join(folder, 'digits/model.ts'), 'utf8'),
  ].join('\n');

describe('promote', () => {
  test(
    "one commit from HEAD that changes the model file alone and explains itself; the user's " +
      'work is not touched',
    async () => {
      const { folder, study, store, ids } = await studied();
      writeFileSync(join(folder, 'digits/model.ts'), `${MODEL}// not committed\n`);
      writeFileSync(join(folder, 'staged.txt'), 'staged\n');
      run(folder, 'add', 'staged.txt');
      const before = own(folder);
      const { branch, commit } = await promote(study, ids[1], undefined, store);
      assert.equal(own(folder), before);
      assert.equal(branch, 'cortex-promote/digits-1');
      assert.equal(run(folder, 'rev-parse', branch).trim(), commit);
      assert.equal(run(folder, 'rev-parse', `${commit}^`), run(folder, 'rev-parse', 'HEAD'));
      assert.equal(run(folder, 'diff', '--name-only', 'HEAD', commit).trim(), 'digits/model.ts');
      assert.equal(run(folder, 'show', `${commit}:digits/model.ts`), BETTER);
      const message = run(folder, 'log', '-1', '--format=%B', commit);
      assert.match(message, /^\| #0 .* \| baseline \|/m);
      assert.match(message, new RegExp(`attempt ${ids[1]}`));
      assert.doesNotMatch(message, /^Cortex-/m);
    },
  );

  test('a branch that is there already is refused and left alone; another name is taken', async () => {
    const { folder, study, store, ids } = await studied();
    run(folder, 'branch', 'mine');
    const at = run(folder, 'rev-parse', 'mine');
    await assert.rejects(promote(study, ids[1], 'mine', store), { code: 'git-branch-exists' });
    await assert.rejects(store.branchAt(study, ids[1], 'mine'), { code: 'git-branch-exists' });
    assert.equal(run(folder, 'rev-parse', 'mine'), at);
    await store.branchAt(study, ids[1], 'from/here');
    assert.equal(run(folder, 'show', 'from/here:digits/model.ts'), BETTER);
  });

  test(
    'a name that git refuses, reads as another, or cannot hold beside a branch is refused in ' +
      'words',
    async () => {
      const { folder, study, store, ids } = await studied();
      run(folder, 'branch', 'mine');
      run(folder, 'branch', 'group/one');
      const before = run(folder, 'for-each-ref');
      for (const name of ['a..b', '@{-1}', '-x', 'a b', 'HEAD'])
        await assert.rejects(promote(study, ids[1], name, store), { code: 'git-branch-invalid' });
      await assert.rejects(promote(study, ids[1], 'mine/two', store), {
        code: 'git-branch-exists',
        happened:
          'There is a branch mine already; it was left as it is, and git cannot hold mine/two ' +
          'beside it.',
      });
      await assert.rejects(store.branchAt(study, ids[1], 'group'), {
        code: 'git-branch-exists',
        remedy: 'Choose another name, or delete it: git branch -D group/one',
      });
      assert.equal(run(folder, 'for-each-ref'), before);
    },
  );

  test('before the first commit it is said what is missing', async () => {
    const { folder, study, store, ids } = await studied();
    run(folder, 'checkout', '-q', '--orphan', 'new');
    await assert.rejects(promote(study, ids[1], undefined, store), { code: 'git-no-commit' });
  });

  test('a model file that is a link becomes a file: its text is no path', async () => {
    const { folder, study, store, ids } = await studied();
    renameSync(join(folder, 'digits/model.ts'), join(folder, 'digits/real.ts'));
    symlinkSync('real.ts', join(folder, 'digits/model.ts'));
    run(folder, 'add', '-A');
    run(folder, 'commit', '-qm', 'a link');
    const { commit } = await promote(study, ids[1], undefined, store);
    assert.match(run(folder, 'ls-tree', commit, 'digits/model.ts'), /^100644 blob/);
    assert.equal(run(folder, 'show', `${commit}:digits/model.ts`), BETTER);
  });

  test(
    'an attempt is checked out in a working tree of its own, and new attempts are recorded ' +
      'beside it',
    async () => {
      const { folder, study, store, ids } = await studied();
      const before = own(folder);
      const place = join(temporaryFolder(), 'attempt 1');
      await store.checkOut(study, ids[1], place);
      assert.equal(readFileSync(join(place, 'digits/model.ts'), 'utf8'), BETTER);
      assert.equal(own(folder), before);
      await store.record(study, attempt(2, { parents: [ids[1]] }), MODEL);
      assert.equal((await store.list(study)).length, 3);
      assert.ok(existsSync(join(place, 'digits/model.ts')));
    },
  );

  test('many records are read in one go; damaged ones are left out', async () => {
    const { study, store, ids } = await studied();
    const records = await store.readMany(study, [...ids, 'nobody']);
    assert.deepEqual([...records.keys()], [...ids]);
    assert.equal(records.get(ids[1])?.parents[0], ids[0]);
  });
});
