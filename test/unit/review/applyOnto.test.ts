import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { applyOnto } from '../../../src/review/applyOnto.ts';
import { lineEdits } from '../../../src/review/lineEdits.ts';

const lines = (...items: readonly string[]): string => items.join('\n');

describe('a change carried over to a file that changed meanwhile', () => {
  const base = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '');
  const changed = lines('a', 'b', 'c', 'd', 'e', 'f', 'G', 'h', '');

  test('both changes stand when they are apart', () => {
    assert.equal(
      applyOnto(lines('zero', 'A', 'b', 'c', 'd', 'e', 'f', 'g', 'h', ''), base, changed),
      lines('zero', 'A', 'b', 'c', 'd', 'e', 'f', 'G', 'h', ''),
    );
  });

  test('the same lines changed: no guess', () => {
    assert.equal(applyOnto(base.replace('g', 'mine'), base, changed), null);
  });

  test('the form of the file on disk is kept', () => {
    assert.equal(
      applyOnto(`\uFEFF${base.replaceAll('\n', '\r\n')}`, base, changed),
      `\uFEFF${changed.replaceAll('\n', '\r\n')}`,
    );
  });

  test('a base with other line ends than the change', () => {
    assert.equal(applyOnto(base, base.replaceAll('\n', '\r\n'), changed), changed);
  });
});

describe('line edits', () => {
  test('touch changed lines only and lead to the other text', () => {
    assert.deepEqual(lineEdits('a\nb\nc\n', 'a\nx\ny\nc\nd\n'), [
      { startLine: 1, endLine: 2, lines: ['x', 'y'] },
      { startLine: 3, endLine: 3, lines: ['d'] },
    ]);
    assert.deepEqual(lineEdits('a\r\nb', 'a\nb'), []);
  });
});

test('a loop that nobody watches takes every hunk and says who decided', async () => {
  const proposal = {
    title: 't',
    operator: 'o',
    family: 'f',
    reasoning: 'r',
    evidence: [],
    expectedEffect: null,
    confidence: null,
    proposer: 'offline',
    base: 'a\r\nb\r\n',
    text: 'a\nc\n',
    fingerprint: null,
    cost: null,
  };
  assert.deepEqual(await acceptEverything.review(proposal, new AbortController().signal, null), {
    kind: 'accepted',
    text: 'a\r\nc\r\n',
    record: {
      reviewer: 'automatic',
      hunks: [{ header: '@@ -2,1 +2,1 @@', decision: 'accepted' }],
    },
  });
});
