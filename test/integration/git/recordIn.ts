import assert from 'node:assert/strict';
import { createStore } from '../../support/attemptStore.ts';
import { attempt, run, studyIn, untouched, variant } from './helpers.ts';
import type { Situation } from './situations.ts';

/**
 * Records two attempts in a repository of that state; rejects where anything of the user's is not
 * as it was, or the attempts are not what was recorded.
 */
export async function recordIn({ make, base }: Situation): Promise<void> {
  const folder = make();
  const study = studyIn(folder);
  const store = createStore();
  await untouched(folder, async () => {
    assert.deepEqual(await store.list(study), []);
    await store.saveDraft(study, attempt(0), variant(0));
    await store.record(study, attempt(0), variant(0));
    await store.record(study, attempt(1), variant(1));
    await store.read(study, attempt(1).id);
    await store.readVariant(study, attempt(1).id);
  });
  assert.deepEqual(
    (await store.list(study)).map(({ number }) => number),
    [0, 1],
  );
  assert.equal(await store.readVariant(study, attempt(1).id), variant(1));
  const branch = 'refs/heads/cortex/digits';
  const history = run(folder, 'rev-list', '--first-parent', branch).trim().split('\n');
  if (base === null) assert.equal(history.length, 2);
  else assert.equal(history[2], run(folder, 'rev-parse', 'HEAD').trim());
  run(folder, 'fsck', '--strict');
}
