import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchSafe } from '../../../src/adapters/files/studyName.ts';

test('a study name is a part of a branch', () => {
  const names = [
    'digits',
    'My study (2)',
    'a/b',
    '..',
    '.hidden.',
    'x.lock',
    'a..b',
    'größe',
    'a@{b',
    '-',
    '~^:?*[\\',
  ];
  assert.deepEqual(names.map(branchSafe), [
    'digits',
    'My-study-2',
    'a-b',
    'study',
    'hidden',
    'x',
    'a.b',
    'größe',
    'a-b',
    'study',
    'study',
  ]);
  assert.equal(branchSafe('n'.repeat(300)).length, 100);
});
