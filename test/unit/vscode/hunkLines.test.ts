import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HunkEffect } from '../../../src/loop/ablation/hunkEffects.ts';
import { hunkLines } from '../../../src/hosts/vscode/history/hunkLines.ts';

const effect = (header: string, text: string): HunkEffect => ({
  hunk: 1,
  hunks: 2,
  header,
  attemptId: 'digits-4',
  number: 4,
  verdict: 'worse',
  effect: null,
  text,
});

test('every hunk tells its place and what the reviewer did; an ablated one also what it brought', () => {
  const reviewed = [
    { header: '@@ -3,1 +3,2 @@', decision: 'rejected' as const },
    { header: '@@ -9,2 +10,3 @@', decision: 'accepted' as const },
  ];
  assert.deepEqual(hunkLines(reviewed, []), ['line 3: rejected', 'lines 9–10: accepted']);
  // Ablation counts from the text as trained, where the rejected hunk has moved nothing.
  assert.deepEqual(hunkLines(reviewed, [effect('@@ -9,2 +9,3 @@', 'Hunk 1 of 1: it pays.')]), [
    'line 3: rejected',
    'lines 9–10: accepted. Hunk 1 of 1: it pays.',
  ]);
  assert.deepEqual(hunkLines([], [effect('@@ -9,2 +9,3 @@', 'Hunk 1 of 1: it pays.')]), [
    'lines 9–10: Hunk 1 of 1: it pays.',
  ]);
});

test('a hunk that only adds stands behind a line, or at the top', () => {
  const added = ['@@ -0,0 +1,2 @@', '@@ -7,0 +8,1 @@'].map((header) => ({
    header,
    decision: 'accepted' as const,
  }));
  assert.deepEqual(hunkLines(added, []), ['at the top: accepted', 'after line 7: accepted']);
});
