import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fetchedStudies } from '../../../src/adapters/git/fetchedStudies.ts';
import { studyBranches } from '../../../src/adapters/git/studyBranches.ts';
import { sha256 } from '../../../src/util/sha256.ts';
import { createStore } from '../../support/attemptStore.ts';
import { cortex } from '../cli/cortex.ts';
import { attempt, baselineAttempt, MODEL, repository, run, studyIn, variant } from './helpers.ts';

const HOSTILE_PATHS = ['../../outside.ts', '/tmp/outside.ts', '.git/config', 'a/../../outside.ts'];

/** A repository with an own study `digits` of one attempt. */
async function ownStudy(): Promise<string> {
  const root = repository();
  const study = studyIn(join(root, 'digits'));
  await createStore().record(study, baselineAttempt(0), MODEL);
  return root;
}

/** A branch as somebody else may push it: the own commit, with lines of its message replaced. */
function forge(root: string, ref: string, change: (message: string) => string): void {
  const message = run(root, 'log', '-1', '--format=%B', 'cortex/digits');
  assert.notEqual(change(message), message);
  const tree = run(root, 'rev-parse', 'cortex/digits^{tree}').trim();
  const file = join(root, '.git', 'FORGED');
  writeFileSync(file, change(message));
  run(root, 'update-ref', ref, run(root, 'commit-tree', tree, '-F', file).trim());
  rmSync(file);
}

const renamed =
  (model: string) =>
  (message: string): string =>
    message
      .replace(/Cortex-Model: .*/, `Cortex-Model: ${model}`)
      .replace(/Cortex-Attempt: .*/, 'Cortex-Attempt: theirs-1')
      .replace(/Cortex-Number: .*/, 'Cortex-Number: 77');

describe('a branch of somebody else', () => {
  for (const model of HOSTILE_PATHS)
    test(`that names ${model} is no study, and hides no other`, async () => {
      const root = await ownStudy();
      forge(root, 'refs/remotes/origin/cortex/theirs', renamed(model));
      forge(root, 'refs/heads/cortex/theirs', renamed(model));
      assert.deepEqual(await fetchedStudies(root), []);
      assert.deepEqual(
        (await studyBranches(root)).map(({ name }) => name),
        ['digits'],
      );
      const shown = await cortex(root, 'show', attempt(0).id);
      assert.equal(shown.code, 0, shown.stderr);
      assert.equal((await cortex(root, 'apply', attempt(0).id)).code, 0);
    });

  test('that names a file behind a link to the outside is no study', async () => {
    const root = await ownStudy();
    const outside = repository();
    symlinkSync(join(outside, 'digits'), join(root, 'link'));
    forge(root, 'refs/remotes/origin/cortex/theirs', renamed('link/model.ts'));
    assert.deepEqual(await fetchedStudies(root), []);
  });

  test('whose model file is not here hides no other study', async () => {
    const root = await ownStudy();
    forge(root, 'refs/heads/cortex/theirs', renamed('gone/model.ts'));
    const shown = await cortex(root, 'show', attempt(0).id);
    assert.equal(shown.code, 0, shown.stderr);
    const theirs = await cortex(root, 'show', '77');
    assert.notEqual(theirs.code, 0);
    assert.match(theirs.stderr, /gone/);
  });

  test('that claims to have kept a text does not let apply overwrite it', async () => {
    const root = await ownStudy();
    const unsaved = '// my own work\n';
    const claims = (message: string): string =>
      renamed('digits/model.ts')(message).replace(
        /Cortex-Source: .*/,
        `Cortex-Source: ${sha256(unsaved)}`,
      );
    forge(root, 'refs/remotes/origin/cortex/theirs', claims);
    writeFileSync(join(root, 'digits', 'model.ts'), unsaved);
    const applied = await cortex(root, 'apply', '77');
    assert.match(applied.stderr, /apply-unrecorded/);
    assert.equal(readFileSync(join(root, 'digits', 'model.ts'), 'utf8'), unsaved);
    // Somebody takes the fetched branch for an own one.
    run(root, 'update-ref', '-d', 'refs/heads/cortex/digits');
    run(root, 'update-ref', 'refs/heads/cortex/digits', 'refs/remotes/origin/cortex/theirs');
    run(root, 'update-ref', '-d', 'refs/remotes/origin/cortex/theirs');
    const own = await cortex(root, 'apply', '77');
    assert.match(own.stderr, /apply-unrecorded/);
    assert.equal(readFileSync(join(root, 'digits', 'model.ts'), 'utf8'), unsaved);
  });

  test('is said to be somebody else\u2019s before it is applied', async () => {
    const root = await ownStudy();
    forge(root, 'refs/remotes/origin/cortex/theirs', renamed('digits/model.ts'));
    const applied = await cortex(root, 'apply', '77');
    assert.equal(applied.code, 0, applied.stderr);
    assert.match(applied.stderr + applied.stdout, /origin\/cortex\/theirs/);
  });

  test('has no filter of this repository run when it is read', async () => {
    const root = await ownStudy();
    const marker = join(root, '.git', 'FILTERED');
    run(root, 'config', 'filter.mark.smudge', `touch "${marker}"; cat`);
    run(root, 'config', 'filter.mark.clean', 'cat');
    mkdirSync(join(root, '.git', 'info'), { recursive: true });
    writeFileSync(join(root, '.git', 'info', 'attributes'), '*.ts filter=mark\n');
    const wrong = (message: string): string =>
      renamed('digits/model.ts')(message).replace(
        /Cortex-Source: .*/,
        `Cortex-Source: ${sha256(variant(3))}`,
      );
    forge(root, 'refs/remotes/origin/cortex/theirs', wrong);
    const [study] = await fetchedStudies(root);
    assert.ok(study);
    assert.equal(await createStore().readVariant(study, 'theirs-1'), MODEL);
    assert.equal(existsSync(marker), false);
  });
});
