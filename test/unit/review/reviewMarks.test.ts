import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { basisText, inheritedLines } from '../../../src/review/basis.ts';
import { changedWords } from '../../../src/review/changedWords.ts';
import { mergedRows } from '../../../src/review/mergedView.ts';
import { openReview } from '../../../src/review/reviewSession.ts';

const wordsOf = (base: string, text: string) => {
  const rows = mergedRows(openReview(base, text));
  return changedWords(rows).map(({ kind, line, start, end }) => ({
    kind,
    words: rows[line]?.text.slice(start, end),
  }));
};

describe('the words that changed in a line', () => {
  test('are those without a counterpart', () => {
    assert.deepEqual(wordsOf('a\ndense({ units: 16 })\nb\n', 'a\ndense({ units: 32 })\nb\n'), [
      { kind: 'removed', words: '16' },
      { kind: 'added', words: '32' },
    ]);
  });

  test('are none where one line stands in the place of another', () => {
    assert.deepEqual(wordsOf('dense({ units: 16 })\n', 'model.summary();\n'), []);
  });

  test('are none where lines only come or go', () => {
    assert.deepEqual(wordsOf('a\nb\n', 'a\nb\nc\n'), []);
    assert.deepEqual(wordsOf('a\nb\n', 'a\n'), []);
  });

  test('are found line by line where several change at once', () => {
    const base = 'dense({ units: 16 })\ndense({ units: 8 })\n';
    assert.deepEqual(
      wordsOf(base, 'dense({ units: 32 })\ndense({ units: 4 })\n').map(({ words }) => words),
      ['16', '32', '8', '4'],
    );
  });
});

describe('what a proposal stands on', () => {
  test('is named with its number', () => {
    const basis = { number: 3, isBest: true, baselineId: 'digits-0' };
    assert.equal(basisText(basis), 'on top of #3 (best so far)');
    assert.equal(basisText({ ...basis, isBest: false }), 'on top of #3');
  });

  test('brings the lines along that stand nowhere in the file', () => {
    const lines = inheritedLines('a\nb\nc\n', 'a\nnew\n\nb\r\nc\na\n');
    assert.deepEqual([...lines], ['new']);
  });
});
