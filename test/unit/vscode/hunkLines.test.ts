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
  assert.deepEqual(hunkLines(reviewed, []), [
    '@@ -3,1 +3,2 @@ rejected',
    '@@ -9,2 +10,3 @@ accepted',
  ]);
  // Ablation counts from the text as trained, where the rejected hunk has moved nothing.
  assert.deepEqual(hunkLines(reviewed, [effect('@@ -9,2 +9,3 @@', 'Hunk 1 of 1: it pays.')]), [
    '@@ -3,1 +3,2 @@ rejected',
    '@@ -9,2 +10,3 @@ accepted. Hunk 1 of 1: it pays.',
  ]);
  assert.deepEqual(hunkLines([], [effect('@@ -9,2 +9,3 @@', 'Hunk 1 of 1: it pays.')]), [
    '@@ -9,2 +9,3 @@ Hunk 1 of 1: it pays.',
  ]);
});
