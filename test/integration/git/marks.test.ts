import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createStore } from '../../support/attemptStore.ts';
import { GitMarks } from '../../../src/adapters/git/marks.ts';
import { attempt, MODEL, repository, run, studyIn, write } from './helpers.ts';

describe('stars and notes', () => {
  test("live in the repository, are read by another window, and move no ref of the user's", async () => {
    const folder = repository();
    const study = studyIn(join(folder, 'digits'));
    const store = createStore();
    await store.record(study, attempt(0), MODEL);
    await store.record(study, attempt(1), MODEL);
    const attempts = await store.list(study);
    const [first, second] = attempts;
    assert.ok(first && second);
    const refs = (): string =>
      run(folder, 'for-each-ref', 'refs/heads', 'refs/stash', 'HEAD') +
      run(folder, 'status', '--porcelain=v2', '--branch');
    const before = refs();
    const marks = new GitMarks();
    assert.equal((await marks.read(study, attempts)).size, 0);

    await marks.write(study, first, {
      starred: true,
      note: 'größer = better\n\nCortex-Attempt: forged',
    });
    await marks.write(study, second, { starred: false, note: 'later' });
    const expected = [
      [first.id, { starred: true, note: 'größer = better\n\nCortex-Attempt: forged' }],
      [second.id, { starred: false, note: 'later' }],
    ];
    for (const reader of [marks, new GitMarks()])
      assert.deepEqual([...(await reader.read(study, attempts))], expected);
    assert.match(
      run(folder, 'log', '-1', '--notes=cortex/digits', first.commit),
      /★\s+größer = better/,
    );

    await marks.write(study, first, { starred: false, note: '' });
    await marks.write(study, first, { starred: false, note: '' });
    assert.deepEqual([...(await new GitMarks().read(study, attempts)).keys()], [second.id]);
    assert.equal(refs(), before);
    assert.equal((await store.list(study)).length, 2);
    assert.equal(run(folder, 'fsck', '--strict').includes('error'), false);
  });

  test('notes written by git itself and by two windows at once are all kept', async () => {
    const folder = repository();
    const study = studyIn(join(folder, 'digits'));
    const store = createStore();
    for (const number of [0, 1, 2, 3]) await store.record(study, attempt(number), MODEL);
    const attempts = await store.list(study);
    run(folder, 'notes', '--ref=cortex/digits', 'add', '-m', 'by hand', attempts[0]?.commit ?? '');
    await Promise.all(
      attempts
        .slice(1)
        .map((each) => new GitMarks().write(study, each, { starred: true, note: '' })),
    );
    const read = await new GitMarks().read(study, attempts);
    assert.deepEqual(
      attempts.map(({ id }) => read.get(id)),
      [{ starred: false, note: 'by hand' }, ...[1, 2, 3].map(() => ({ starred: true, note: '' }))],
    );
    assert.equal(
      run(folder, 'for-each-ref', '--format=%(refname)', 'refs/notes').trim(),
      'refs/notes/cortex/digits',
    );
  });

  test('a note in another encoding than UTF-8 shifts none of the others', async () => {
    const folder = repository();
    const study = studyIn(join(folder, 'digits'));
    const store = createStore();
    for (const number of [0, 1, 2]) await store.record(study, attempt(number), MODEL);
    const attempts = await store.list(study);
    write(folder, { 'note.txt': Buffer.from('gr\u00f6\u00dfer '.repeat(20), 'latin1') });
    for (const { commit } of attempts.slice(0, 2))
      run(folder, 'notes', '--ref=cortex/digits', 'add', '-F', 'note.txt', commit);
    const [, , third] = attempts;
    assert.ok(third);
    await new GitMarks().write(study, third, { starred: true, note: 'größer' });
    const read = await new GitMarks().read(study, attempts);
    const foreign = { starred: false, note: 'gr\ufffd\ufffder '.repeat(20).trim() };
    assert.deepEqual(
      attempts.map(({ id }) => read.get(id)),
      [foreign, foreign, { starred: true, note: 'größer' }],
    );
  });
});
