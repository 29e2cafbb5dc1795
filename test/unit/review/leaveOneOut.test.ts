import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaveOneOut } from '../../../src/review/leaveOneOut.ts';

test('each hunk is left out in turn, all else stays in its own form', () => {
  const base = 'a\r\nb\r\nc\r\nd\r\n';
  const parts = leaveOneOut(base, 'A\r\nb\r\nc\r\nd\r\ne\r\n');
  assert.deepEqual(
    parts.map(({ header, text }) => [header, text]),
    [
      ['@@ -1,1 +1,1 @@', 'a\r\nb\r\nc\r\nd\r\ne\r\n'],
      ['@@ -4,0 +5,1 @@', 'A\r\nb\r\nc\r\nd\r\n'],
    ],
  );
});

test('a change of one hunk has one part, its base; no change has none', () => {
  assert.deepEqual(
    leaveOneOut('a\nb\n', 'a\nc\n').map(({ text }) => text),
    ['a\nb\n'],
  );
  assert.deepEqual(leaveOneOut('a\n', 'a\n'), []);
});
