import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreInvented } from './scoreInvented.ts';

test('logs by invented grammars are read in full, and no number of them wrong', () => {
  const { exact, logs, wrong, others } = scoreInvented(1, 300);
  assert.equal(wrong, 0, `wrong numbers, seeds ${others.join()}`);
  assert.ok(exact >= 0.97 * logs, `${exact} of ${logs}, not seeds ${others.join()}`);
});
