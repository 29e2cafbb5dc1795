import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  editRows,
  isTyping,
  mergedRows,
  proposalIn,
  type Row,
  type TextChange,
} from '../../../src/review/mergedView.ts';
import {
  acceptHunk,
  editProposal,
  openReview,
  rejectHunk,
} from '../../../src/review/reviewSession.ts';

const session = openReview('one\ntwo\nthree\nfour\n', 'one\nTWO\nthree\nFOUR\nfive\n');
const marks = { context: ' ', removed: '-', added: '+' };
const show = (rows: readonly Row[]): readonly string[] =>
  rows.map((row) => marks[row.kind] + row.text);
const change = (
  from: readonly [number, number],
  to: readonly [number, number],
  text: string,
): TextChange => ({
  start: { line: from[0], character: from[1] },
  end: { line: to[0], character: to[1] },
  text,
});

describe('the merged document', () => {
  const rows = mergedRows(session);

  test('puts what would go right above what would come', () => {
    assert.deepEqual(show(rows), [
      ' one',
      '-two',
      '+TWO',
      ' three',
      '-four',
      '+FOUR',
      '+five',
      ' ',
    ]);
    assert.deepEqual(
      rows.map((row) => row.hunk),
      [null, 0, 0, null, 1, 1, 1, null],
    );
  });

  test('a decided hunk becomes plain text', () => {
    assert.deepEqual(show(mergedRows(acceptHunk(session, 0))), [
      ' one',
      ' TWO',
      ' three',
      '-four',
      '+FOUR',
      '+five',
      ' ',
    ]);
    assert.deepEqual(show(mergedRows(rejectHunk(session, 1))), [
      ' one',
      '-two',
      '+TWO',
      ' three',
      ' four',
      ' ',
    ]);
  });

  test('typing in an added line changes the proposal', () => {
    assert.deepEqual(proposalIn(editRows(rows, change([2, 3], [2, 3], '!'))), [
      'one',
      'TWO!',
      'three',
      'FOUR',
      'five',
      '',
    ]);
  });

  test('Enter and Backspace between added lines', () => {
    assert.deepEqual(proposalIn(editRows(rows, change([5, 2], [5, 2], '\r\n'))), [
      'one',
      'TWO',
      'three',
      'FO',
      'UR',
      'five',
      '',
    ]);
    assert.deepEqual(proposalIn(editRows(rows, change([5, 4], [6, 0], ''))), [
      'one',
      'TWO',
      'three',
      'FOURfive',
      '',
    ]);
  });

  test('a changed context line becomes a pending change of its own', () => {
    const edited = editProposal(session, proposalIn(editRows(rows, change([0, 0], [0, 3], 'ONE'))));
    assert.deepEqual(show(mergedRows(edited)).slice(0, 4), ['-one', '-two', '+ONE', '+TWO']);
  });

  test('removed lines are shown only: typing, deleting and joining leave them', () => {
    assert.equal(editRows(rows, change([1, 1], [1, 1], 'x')), rows);
    assert.equal(editRows(rows, change([1, 0], [1, 3], '')), rows);
    assert.deepEqual(show(editRows(rows, change([1, 3], [2, 0], ''))), show(rows));
  });

  test('deleting a range over removed lines takes the other lines only', () => {
    const edited = editRows(rows, change([3, 0], [6, 4], ''));
    assert.deepEqual(proposalIn(edited), ['one', 'TWO', '', '']);
    assert.equal(
      edited.some((row) => row.kind === 'removed' && row.text === 'four'),
      true,
    );
  });

  test('pasting over everything is a new proposal', () => {
    const edited = editProposal(
      session,
      proposalIn(editRows(rows, change([0, 0], [7, 0], 'x\ny\n'))),
    );
    assert.deepEqual(edited.proposal, ['x', 'y', '']);
  });

  test('what a person types is one place of one line; a formatter rewrites more', () => {
    assert.ok(isTyping([change([2, 3], [2, 3], 'x')]));
    assert.ok(isTyping([change([2, 3], [2, 3], '\n  ')]), 'Enter');
    assert.ok(isTyping([change([2, 3], [2, 7], 'two\nthree')]), 'a paste');
    assert.ok(!isTyping([change([2, 3], [3, 1], '')]), 'lines joined');
    assert.ok(!isTyping([change([1, 0], [1, 2], ''), change([4, 0], [4, 2], '')]), 'indentation');
    assert.ok(!isTyping([]));
  });
});
