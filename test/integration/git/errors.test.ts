import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { CortexError } from '../../../src/util/errors.ts';
import { gitError } from '../../../src/adapters/git/errors.ts';
import { createStore } from '../../support/attemptStore.ts';
import { findRepository, initRepository } from '../../../src/adapters/git/repository.ts';
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

const WORKER = join(import.meta.dirname, 'worker.ts');
const isRoot = process.getuid?.() === 0;
const listIn = (folder: string, name = 'digits'): Promise<unknown> =>
  createStore().list(studyIn(folder, name));

/** Runs with another PATH. */
async function withPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  const { PATH } = process.env;
  process.env.PATH = path;
  try {
    return await work();
  } finally {
    process.env.PATH = PATH;
  }
}

describe('No repository', () => {
  test('is said, with the way to make one', async () => {
    const folder = temporaryFolder();
    write(folder, { 'model.ts': MODEL });
    await assert.rejects(
      listIn(folder),
      (error: CortexError) =>
        error.code === 'git-no-repository' && error.remedy.includes('git init'),
    );
    await assert.rejects(findRepository(join(folder, 'model.ts')), { code: 'git-no-repository' });
    assert.equal(existsSync(join(folder, '.git')), false);
  });

  test('is mended by initRepository, without a new store', async () => {
    const folder = temporaryFolder();
    write(folder, { 'model.ts': MODEL, 'data.ts': '' });
    const store = createStore();
    const study = studyIn(folder);
    await assert.rejects(store.list(study), { code: 'git-no-repository' });
    await initRepository(folder);
    assert.deepEqual(await store.list(study), []);
    await store.record(study, attempt(0), variant(0));
    assert.equal((await store.list(study)).length, 1);
    assert.equal((await findRepository(join(folder, 'model.ts'))).root, folder);
  });

  test('a bare one has no files to train', async () => {
    const folder = temporaryFolder();
    run(folder, 'init', '-q', '--bare');
    write(folder, { 'model.ts': MODEL });
    await assert.rejects(listIn(folder), { code: 'git-bare-repository' });
  });

  test('a folder that is gone is named', async () => {
    await assert.rejects(listIn(join(temporaryFolder(), 'gone')), { code: 'git-folder-missing' });
  });
});

describe('git itself', () => {
  test('missing', async () => {
    const root = repository();
    await withPath(temporaryFolder(), () =>
      assert.rejects(listIn(join(root, 'digits')), { code: 'git-missing' }),
    );
  });

  test('too old', async () => {
    const root = repository();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'git'), '#!/bin/sh\necho "git version 2.26.3"\n');
    chmodSync(join(folder, 'git'), 0o755);
    await withPath(folder, () =>
      assert.rejects(listIn(join(root, 'digits')), { code: 'git-too-old' }),
    );
  });

  test('refuses a repository of another user', async () => {
    const root = repository();
    const { stderr } = spawnSync('git', ['status'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
    });
    const error = gitError({ command: 'status', output: stderr });
    assert.equal(error.code, 'git-dubious-ownership');
    assert.match(error.remedy, /safe\.directory/);
  });

  test('with words nobody knows is shown as it speaks', () => {
    const error = gitError({ command: 'log', output: 'warning: hm\nfatal: the moon is full\n' });
    assert.equal(error.code, 'git-failed');
    assert.match(error.happened, /the moon is full/);
  });
});

describe('Names that cannot be a branch', () => {
  for (const name of ['my study', 'a..b', 'x.lock', 'a~b', 'a//b', '-\n', 'é^', '']) {
    test(JSON.stringify(name), async () => {
      const root = repository();
      await assert.rejects(
        listIn(join(root, 'digits'), name),
        (error: CortexError) =>
          error.code === 'git-branch-name' && error.remedy.includes('cortex.json'),
      );
    });
  }

  test('a branch "cortex" in the way', async () => {
    const root = repository();
    run(root, 'branch', 'cortex');
    const study = studyIn(join(root, 'digits'));
    await untouched(root, () =>
      assert.rejects(createStore().record(study, attempt(0), MODEL), {
        code: 'git-branch-name',
      }),
    );
  });
});

describe('A repository that cannot be written', () => {
  test('a lock somebody holds is waited for, then named; the attempt is not lost', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    await store.record(study, attempt(0), variant(0));
    const lock = join(root, '.git', 'refs', 'heads', 'cortex', 'digits.lock');
    writeFileSync(lock, '');
    await assert.rejects(
      store.record(study, attempt(1), variant(1)),
      (error: CortexError) =>
        error.code === 'git-ref-locked' && error.happened.includes('digits.lock'),
    );
    assert.equal((await store.list(study)).length, 1);
    rmSync(lock);
    assert.deepEqual(
      (await store.list(study)).map(({ number, verdict }) => [number, verdict]),
      [
        [0, 'better'],
        [1, 'better'],
      ],
    );
  });

  test('read-only: the history is shown, a record is refused by name', () => {
    const root = repository();
    const folder = join(root, 'digits');
    execFileSync(process.execPath, [WORKER, folder, 'record', 'before', '1']);
    const owner = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    if (isRoot) execFileSync('chown', ['-R', '65534:65534', root]);
    execFileSync('chmod', ['-R', 'a-w', join(root, '.git')]);
    const options = {
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', HOME: '/nonexistent' },
      ...owner,
    } as const;
    const listed = spawnSync(process.execPath, [WORKER, folder, 'list'], options);
    const refused = spawnSync(process.execPath, [WORKER, folder, 'once', 'refused'], options);
    execFileSync('chmod', ['-R', 'u+w', join(root, '.git')]);
    assert.deepEqual(
      { stdout: listed.stdout, status: listed.status },
      { stdout: '', status: 0 },
      listed.stderr,
    );
    assert.deepEqual(
      { stdout: refused.stdout.trim(), status: refused.status },
      { stdout: 'git-read-only', status: 1 },
      refused.stderr,
    );
  });

  test('a full disk: the branch stands where it stood and nothing is half written', () => {
    const root = repository();
    const folder = join(root, 'digits');
    execFileSync(process.execPath, [WORKER, folder, 'record', 'before', '1']);
    write(root, {
      'README.md': Array.from({ length: 40_000 }, () => Math.random().toString(36)).join('\n'),
    });
    const before = run(root, 'rev-parse', 'cortex/digits');
    // No file may grow beyond 64 blocks of 512 bytes: the system then refuses writes as it does on
    // a full disk.
    const full = spawnSync(
      'sh',
      ['-c', `ulimit -f 64 && exec "${process.execPath}" "${WORKER}" "${folder}" once full`],
      { encoding: 'utf8' },
    );
    assert.deepEqual(
      { stdout: full.stdout.trim(), status: full.status },
      { stdout: 'git-disk-full', status: 1 },
      full.stderr,
    );
    assert.equal(run(root, 'rev-parse', 'cortex/digits'), before);
    run(root, 'fsck', '--strict');
    assert.equal(
      readdirSync(join(root, '.git')).filter((name) => name.endsWith('.lock')).length,
      0,
    );
    execFileSync(process.execPath, [WORKER, folder, 'once', 'after']);
    assert.equal(run(root, 'rev-list', '--count', 'HEAD..cortex/digits').trim(), '2');
  });

  test('a full disk, for real where the system lets us mount a small one', (context) => {
    const disk = temporaryFolder();
    const script =
      `mount -t tmpfs -o size=600k none "${disk}" && cd "${disk}" && git init -q && mkdir ` +
      'digits && echo x > digits/model.ts && echo x > digits/data.ts ' +
      `&& "${process.execPath}" "${WORKER}" "${disk}/digits" once before && git rev-parse ` +
      'cortex/digits > /tmp/before.$$ && (head -c 900000 /dev/urandom > fill 2>/dev/null; ' +
      'true) ' +
      `&& ("${process.execPath}" "${WORKER}" "${disk}/digits" record full 1; git rev-parse ` +
      'cortex/digits | cmp - /tmp/before.$$ && rm fill /tmp/before.$$ && git fsck --strict ' +
      '2>/dev/null && echo intact)';
    const result = spawnSync(
      'unshare',
      isRoot ? ['-m', 'sh', '-c', script] : ['-Urm', 'sh', '-c', script],
      { encoding: 'utf8' },
    );
    const canMount = !/unshare:|mount:|ENOENT/.test(`${result.stderr}${String(result.error)}`);
    if (!canMount) context.diagnostic('no mount here: the limit on file sizes above stands for it');
    assert.equal(
      canMount ? result.stdout.trim() : 'git-disk-full\nintact',
      'git-disk-full\nintact',
      result.stderr,
    );
  });

  test('damaged objects', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    await store.record(study, attempt(0), variant(0));
    await store.record(study, attempt(1), variant(1));
    const objectOf = (name: string): string => {
      const id = run(root, 'rev-parse', name).trim();
      return join(root, '.git', 'objects', id.slice(0, 2), id.slice(2));
    };
    const record = objectOf('cortex/digits:.cortex/attempt.json');
    const bytes = readFileSync(record);
    chmodSync(record, 0o644);
    writeFileSync(record, bytes.subarray(0, 40));
    await assert.rejects(store.read(study, attempt(1).id), { code: 'git-corrupt' });
    rmSync(record);
    await assert.rejects(store.read(study, attempt(1).id), { code: 'git-corrupt' });
    assert.equal((await store.list(study)).length, 2);
    rmSync(objectOf('cortex/digits~1'));
    await assert.rejects(createStore().list(study), { code: 'git-corrupt' });
  });

  test('what could not be written is written as soon as it can be', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    await store.saveDraft(study, attempt(0), variant(0));
    await withPath(temporaryFolder(), () =>
      assert.rejects(store.record(study, attempt(0), variant(0)), { code: 'git-missing' }),
    );
    assert.equal(tipOf(root), null);
    assert.deepEqual(
      (await store.list(study)).map(({ verdict }) => verdict),
      ['better'],
    );
    assert.deepEqual((await store.list(study)).length, 1);
    assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
  });

  test('a damaged index', async () => {
    const root = repository();
    writeFileSync(join(root, '.git', 'index'), 'not an index');
    await assert.rejects(createStore().record(studyIn(join(root, 'digits')), attempt(0), MODEL), {
      code: 'git-corrupt',
    });
    assert.equal(readFileSync(join(root, '.git', 'index'), 'utf8'), 'not an index');
  });

  test('no place for temporary files', async () => {
    const root = repository();
    const gone = join(temporaryFolder(), 'gone');
    mkdirSync(gone);
    rmSync(gone, { recursive: true });
    const { TMPDIR } = process.env;
    process.env.TMPDIR = gone;
    try {
      await assert.rejects(createStore().record(studyIn(join(root, 'digits')), attempt(0), MODEL), {
        kind: 'environment',
      });
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });
});
