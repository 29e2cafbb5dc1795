import assert from 'node:assert/strict';
import { chmodSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createStore } from '../../support/attemptStore.ts';
import type { Attempt } from '../../../src/record/attempt.ts';
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

const filesOf = (root: string, commit = 'cortex/digits'): readonly string[] =>
  run(root, 'ls-tree', '-r', '-z', '--name-only', commit)
    .split('\0')
    .filter((path) => path !== '');
const show = (root: string, path: string): string => run(root, 'show', `cortex/digits:${path}`);
const recordIn = (root: string, config: object = { data: 'data.ts' }): Promise<unknown> => {
  const study = studyIn(join(root, 'digits'), 'digits', config);
  return untouched(root, () =>
    createStore().record(study, attempt(0, { config: study.config }), variant(0)),
  );
};

describe('The tree of an attempt is the project as it was trained', () => {
  test('a variant names no untracked file: neither by a comment nor by an import of its own', async () => {
    const root = repository({});
    write(root, { 'secrets.env': 'KEY=1\n', 'digits/mine.ts': 'export {};\n' });
    const study = studyIn(join(root, 'digits'), 'digits', { data: 'data.ts' });
    const hostile = `// from '../secrets.env'\nimport './mine.ts';\n${variant(0)}`;
    await untouched(root, () =>
      createStore().record(study, attempt(0, { config: study.config }), hostile),
    );
    assert.deepEqual(
      filesOf(root).filter((path) => /secrets|mine/.test(path)),
      [],
    );
  });

  test('tracked files as on disk, deleted ones absent, the variant in place of the model file', async () => {
    const root = repository({
      'keep.txt': 'keep\n',
      'gone.txt': 'gone\n',
      'digits/helper.ts': 'export {};\n',
    });
    write(root, { 'README.md': 'staged\n' });
    run(root, 'add', 'README.md');
    write(root, {
      'README.md': 'newest\n',
      'untracked.txt': 'mine\n',
      'digits/model.ts': '// open in the editor\n',
    });
    rmSync(join(root, 'gone.txt'));
    await recordIn(root);
    assert.deepEqual(filesOf(root), [
      '.cortex/attempt.json',
      '.gitignore',
      'README.md',
      'digits/cortex.json',
      'digits/data.ts',
      'digits/helper.ts',
      'digits/model.ts',
      'keep.txt',
      'other/notes.txt',
    ]);
    assert.equal(show(root, 'README.md'), 'newest\n');
    assert.equal(show(root, 'digits/model.ts'), variant(0));
    assert.equal(
      (JSON.parse(show(root, '.cortex/attempt.json')) as Attempt).model,
      'digits/model.ts',
    );
  });

  test('what the study needs is in it even when nobody has added it; what is ignored is not', async () => {
    const root = repository({ 'digits/cortex.json': '{}', '.gitignore': '*.secret\nignored/\n' });
    run(root, 'rm', '-rq', '--cached', 'digits');
    run(root, 'commit', '-qm', 'forget the study');
    write(root, {
      'digits/data.ts':
        "import { read } from './read.js';\nimport rows from '../shared/rows.json';\nconst x " +
        "= require('./ignored/y');\n",
      'digits/read.ts': "export * from './deep';\n",
      'digits/deep/index.ts': 'export {};\n',
      'shared/rows.json': '[]\n',
      'digits/ignored/y.ts': '',
      'digits/package.json': '{}\n',
      'digits/.env': 'KEY=1\n',
      'digits/unrelated.ts': '',
      'digits/my.secret': 'x',
    });
    await recordIn(root);
    assert.deepEqual(
      filesOf(root).filter((path) => /^(?:digits|shared)\//.test(path)),
      [
        'digits/cortex.json',
        'digits/data.ts',
        'digits/deep/index.ts',
        'digits/model.ts',
        'digits/package.json',
        'digits/read.ts',
        'shared/rows.json',
      ],
    );
  });

  test('the model file is in it even when it is ignored', async () => {
    const root = repository();
    run(root, 'rm', '-q', '--cached', 'digits/model.ts');
    write(root, { '.gitignore': 'model.ts\n' });
    run(root, 'commit', '-qam', 'ignored');
    await recordIn(root);
    assert.equal(show(root, 'digits/model.ts'), variant(0));
  });

  test('a table beside the study is in it, one larger than 50 MB is named instead', async () => {
    const root = repository();
    write(root, { 'digits/small.csv': 'a,b\n', 'digits/large.csv': 'a,b\n' });
    truncateSync(join(root, 'digits', 'large.csv'), 60 * 2 ** 20);
    await recordIn(root, { data: { csv: 'large.csv', target: 'a', task: 'regression' } });
    assert.equal(filesOf(root).includes('digits/large.csv'), false);
    assert.match(
      run(root, 'log', '-1', '--format=%(trailers:key=Cortex-Left-Out,valueonly)', 'cortex/digits'),
      /digits\/large\.csv \(60 MB\)/,
    );
    const study = studyIn(join(root, 'digits'), 'digits', {
      data: { csv: 'small.csv', target: 'a', task: 'regression' },
    });
    await createStore().record(study, attempt(1, { config: study.config }), variant(1));
    assert.equal(show(root, 'digits/small.csv'), 'a,b\n');
  });

  test('data outside the repository does no harm', async () => {
    const root = repository();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'data.csv'), 'a\n');
    await recordIn(root, {
      data: { csv: join(outside, 'data.csv'), target: 'a', task: 'regression' },
    });
    assert.equal(filesOf(root).includes('digits/model.ts'), true);
  });

  test('any earlier attempt can be checked out and stands as it ran', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    for (let number = 0; number < 3; number++)
      await store.record(study, attempt(number), variant(number));
    const worktree = join(temporaryFolder(), 'tree');
    run(root, 'worktree', 'add', '-q', '--detach', worktree, 'cortex/digits~2');
    assert.equal(run(worktree, 'show', 'HEAD:digits/model.ts'), variant(0));
    assert.equal(run(worktree, 'status', '--porcelain'), '');
  });

  test('the executable bit of the model file stays', async () => {
    const root = repository();
    chmodSync(join(root, 'digits', 'model.ts'), 0o755);
    run(root, 'commit', '-qam', 'executable');
    await recordIn(root);
    assert.match(run(root, 'ls-tree', 'cortex/digits', 'digits/model.ts'), /^100755/);
  });

  test('a conflict is committed as it stands on disk', async () => {
    const root = repository();
    run(root, 'switch', '-qc', 'theirs');
    write(root, { 'README.md': 'theirs\n' });
    run(root, 'commit', '-qam', 'theirs');
    run(root, 'switch', '-q', 'main');
    write(root, { 'README.md': 'ours\n' });
    run(root, 'commit', '-qam', 'ours');
    assert.throws(() => run(root, 'merge', 'theirs'));
    await recordIn(root);
    assert.match(show(root, 'README.md'), /<<<<<<< HEAD\nours\n=======\ntheirs/);
  });

  test('a tracked file that became a folder, and one whose name git cannot show plainly', async () => {
    const root = repository({ thing: 'file\n', 'naïve "name"\t.txt': 'old\n' });
    rmSync(join(root, 'thing'));
    write(root, { 'thing/inside.txt': 'x\n', 'naïve "name"\t.txt': 'new\n' });
    await recordIn(root);
    assert.equal(filesOf(root).includes('thing'), false);
    assert.equal(show(root, 'naïve "name"\t.txt'), 'new\n');
  });

  test('a submodule stays a link to its commit', async () => {
    const root = repository();
    run(
      root,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      repository(),
      'part',
    );
    run(root, 'commit', '-qm', 'submodule');
    await recordIn(root);
    assert.equal(
      run(root, 'ls-tree', 'cortex/digits', 'part'),
      run(root, 'ls-tree', 'HEAD', 'part'),
    );
  });

  test('files outside a sparse checkout stay in it', async () => {
    const root = repository();
    run(root, 'sparse-checkout', 'set', '--cone', 'digits');
    await recordIn(root);
    assert.equal(show(root, 'other/notes.txt'), 'notes\n');
  });
});

describe('Line ends and filters', () => {
  test("are stored by the repository's rules, and the variant comes back exactly", async () => {
    const root = repository({ '.gitattributes': '*.ts text eol=crlf\n' });
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    const texts = [
      '// crlf\r\nx\r\n',
      '// lf\nx\n',
      '\uFEFF// mark\r\n',
      '',
      '// no end',
      '// mixed\r\nx\n',
    ];
    for (const [number, text] of texts.entries()) await store.record(study, attempt(number), text);
    for (const [number, text] of texts.slice(0, 5).entries())
      assert.equal(await store.readVariant(study, attempt(number).id), text);
    assert.equal(run(root, 'show', 'cortex/digits~5:digits/model.ts'), '// crlf\nx\n');
  });

  test('a clean filter is applied to the variant and to changed files, and only there', async () => {
    const root = repository({ '.gitattributes': '*.bin filter=upper\n', 'a.bin': 'a\n' });
    run(root, 'config', 'filter.upper.clean', 'tr a-z A-Z');
    run(root, 'config', 'filter.upper.smudge', 'tr A-Z a-z');
    write(root, { 'a.bin': 'changed\n', 'README.md': 'changed\n' });
    await recordIn(root);
    assert.equal(show(root, 'a.bin'), 'CHANGED\n');
    assert.equal(show(root, 'README.md'), 'changed\n');
  });

  test('a filter that fails is named, and the branch does not move', async () => {
    const root = repository({ '.gitattributes': 'model.ts filter=broken\n' });
    run(root, 'config', 'filter.broken.clean', 'false');
    run(root, 'config', 'filter.broken.required', 'true');
    const study = studyIn(join(root, 'digits'));
    await assert.rejects(createStore().record(study, attempt(0), MODEL), {
      code: 'git-filter-failed',
    });
    assert.equal(tipOf(root), null);
  });

  test('a file that is changed within the same tick as the index is not taken for the old one', async () => {
    const root = repository();
    for (let round = 0; round < 5; round++) {
      write(root, { 'README.md': `round ${round}\n` });
      run(root, 'add', 'README.md');
      write(root, { 'README.md': `ROUND ${round}\n` });
      await createStore().record(studyIn(join(root, 'digits')), attempt(round), variant(round));
      assert.equal(show(root, 'README.md'), `ROUND ${round}\n`);
    }
  });
});
