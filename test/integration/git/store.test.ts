import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createStore } from '../../support/attemptStore.ts';
import { studyBranches } from '../../../src/adapters/git/studyBranches.ts';
import {
  attempt,
  baselineAttempt,
  MODEL,
  repository,
  run,
  studyIn,
  tipOf,
  untouched,
  variant,
} from './helpers.ts';

describe('An attempt on its branch', () => {
  test('is committed, listed and read back as it was', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    assert.deepEqual(await store.list(study), []);
    const first = baselineAttempt(0, {
      verdict: { kind: 'baseline', text: 'The baseline.', comparisons: [] },
    });
    const second = attempt(1, { parents: [first.id] });
    await untouched(root, async () => {
      await store.saveDraft(study, first, MODEL);
      await store.record(study, first, MODEL);
      await store.record(study, second, variant(1));
    });
    const listed = await createStore().list(study);
    assert.deepEqual(
      listed.map(({ number, verdict, title }) => [number, verdict, title]),
      [
        [0, 'baseline', 'Baseline'],
        [1, 'better', 'Batch normalisation after each dense layer'],
      ],
    );
    assert.deepEqual(listed, await store.list(study));
    assert.deepEqual(await store.read(study, second.id), { ...second, model: 'digits/model.ts' });
    assert.equal(await store.readVariant(study, second.id), variant(1));
    assert.equal(listed[1]?.commit, tipOf(root));
    assert.equal(
      run(root, 'rev-parse', 'cortex/digits~2').trim(),
      run(root, 'rev-parse', 'HEAD').trim(),
    );
    assert.equal(run(root, 'for-each-ref', 'refs/cortex'), '');
  });

  test('has a message people and git can read', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    await createStore().record(study, attempt(12), variant(12));
    assert.match(
      run(root, 'log', '-1', '--format=%h %s', 'cortex/digits').trim(),
      /^[0-9a-f]+ #12 better: Batch normalisation after each dense layer \(val_loss 0\.0382 ± 0\.0001, −0\.0031\)$/,
    );
    assert.equal(
      run(
        root,
        'log',
        '-1',
        '--format=%(trailers:key=Cortex-Verdict,valueonly)',
        'cortex/digits',
      ).trim(),
      'better',
    );
    assert.match(
      run(root, 'log', '-1', '--format=%b', 'cortex/digits'),
      /95 % interval −0\.004 to −0\.002/,
    );
  });

  test('holds the model file as it was trained, one commit after the other', async () => {
    const root = repository();
    const study = studyIn(join(root, 'digits'));
    const store = createStore();
    const baseline = baselineAttempt(0, {
      verdict: { kind: 'baseline', text: '', comparisons: [] },
    });
    const parent = attempt(1, { parents: [baseline.id] });
    const child = attempt(2, { parents: [parent.id] });
    await store.record(study, baseline, MODEL);
    await store.record(study, parent, variant(1));
    await store.record(study, child, variant(2));
    const diff = (before: string): string =>
      run(root, 'diff', before, 'cortex/digits', '--', 'digits/model.ts');
    assert.match(diff('cortex/digits~1'), /-  return 101;\n\+  return 102;/);
    assert.match(diff('cortex/digits~2'), /-  return 1;\n\+  return 102;/);
  });

  test('tells which model files have a study', async () => {
    const root = repository({ 'zahlen ä/model.ts': MODEL });
    await createStore().record(studyIn(join(root, 'digits')), attempt(0), MODEL);
    await createStore().record(studyIn(join(root, 'zahlen ä'), 'zahlen'), attempt(0), MODEL);
    run(root, 'branch', 'cortex/mine', 'main');
    assert.deepEqual(
      (await studyBranches(join(root, 'other'))).map(({ modelPath }) => modelPath),
      [join(root, 'digits/model.ts'), join(root, 'zahlen ä/model.ts')],
    );
  });

  test('an unknown id is named', async () => {
    const study = studyIn(join(repository(), 'digits'));
    await assert.rejects(createStore().read(study, 'nope'), { code: 'attempt-unknown' });
  });
});
