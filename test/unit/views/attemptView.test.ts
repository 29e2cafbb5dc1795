import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { improveModel } from '../../../src/core/improveModel.ts';
import { readAttemptView } from '../../../src/core/readAttemptView.ts';
import { diffHunks } from '../../../src/core/views/diffHunks.ts';
import { fakePorts, scripted, study } from '../core/fakePorts.ts';

const diff = `--- a/model.ts
+++ b/model.ts
@@ -1,3 +1,4 @@
 one
-two
+2
+2.5
 three
@@ -10,2 +11,1 @@ class
 ten
-eleven
\\ No newline at end of file
`;

describe('the hunks of a diff', () => {
  test('have their lines with the numbers before and after', () => {
    const [first, second, ...rest] = diffHunks(diff);
    assert.deepEqual(rest, []);
    assert.deepEqual(first?.lines.map(({ kind, text, before, after }) => [kind, text, before, after]), [
      ['same', 'one', 1, 1], ['removed', 'two', 2, null], ['added', '2', null, 2], ['added', '2.5', null, 3], ['same', 'three', 3, 4],
    ]);
    assert.deepEqual(second?.lines.map(({ before, after }) => [before, after]), [[10, 11], [11, null]]);
  });

  test('are none where nothing changed', () => {
    assert.deepEqual(diffHunks(''), []);
    assert.deepEqual(diffHunks('--- a/model.ts\n+++ b/model.ts\n'), []);
  });
});

test('the page of an attempt tells why, what changed, what came of it, and on what', async () => {
  const ports = fakePorts(scripted(16));
  await improveModel(study, { rounds: 1, gate: 'skip', wish: null, signal: new AbortController().signal }, ports);
  const history = await ports.store.list(study);
  const child = history.find(({ title }) => title === 'Use 16 units');
  const view = await readAttemptView(study, child?.id ?? '', ports.store);
  assert.equal(view.title, `#${child?.number ?? ''} Use 16 units`);
  assert.equal(view.verdict.kind, child?.verdict);
  assert.equal(view.reasoning, 'Because.');
  assert.match(view.source, /no effect predicted, confidence 50 %, proposed by scripted \(widen\)/);
  assert.deepEqual(view.diff.flatMap(({ lines }) => lines).filter(({ kind }) => kind !== 'same').map(({ kind, text }) => [kind, /units: (\d+)/.exec(text)?.[1]]), [['removed', '8'], ['added', '16']]);
  assert.equal(view.comparisons[1]?.[0], '#0 Baseline');
  assert.ok(view.trials.length > 2);
  assert.deepEqual(view.curves.runs.map(({ roles }) => roles[0]), ['shown', 'parent']);
  assert.ok(view.environment.some(([name]) => name === 'runtime'));
});
