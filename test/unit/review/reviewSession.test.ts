import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  acceptedText,
  acceptHunk,
  acceptPending,
  editProposal,
  openReview,
  outcomeOf,
  pendingHunks,
  rejectHunk,
  rejectPending,
  type ReviewSession,
} from '../../../src/review/reviewSession.ts';

const base = ['a', 'b', 'c', 'd', 'e', 'f', 'g', ''].join('\n');
const proposed = ['a', 'B', 'c', 'd', 'new', 'e', 'f', ''].join('\n');
const all = (session: ReviewSession): string => acceptedText(acceptPending(session));

describe('a review', () => {
  test('shows every run of changed lines as one hunk', () => {
    const hunks = pendingHunks(openReview(base, proposed));
    assert.deepEqual(
      hunks.map(({ removed, added }) => [removed, added]),
      [
        [['b'], ['B']],
        [[], ['new']],
        [['g'], []],
      ],
    );
  });

  test('accepting and rejecting hunk by hunk gives the mixed text, whatever the order', () => {
    const forwards = rejectHunk(rejectHunk(acceptHunk(openReview(base, proposed), 0), 0), 0);
    const backwards = acceptHunk(rejectHunk(rejectHunk(openReview(base, proposed), 2), 1), 0);
    for (const session of [forwards, backwards]) {
      assert.equal(pendingHunks(session).length, 0);
      assert.equal(acceptedText(session), ['a', 'B', 'c', 'd', 'e', 'f', 'g', ''].join('\n'));
    }
  });

  test('accepting is no mutation: the earlier state is still there', () => {
    const before = openReview(base, proposed);
    acceptHunk(before, 0);
    assert.equal(pendingHunks(before).length, 3);
    assert.equal(acceptedText(before), base);
  });

  test('an index that is gone changes nothing', () => {
    const session = openReview(base, proposed);
    assert.equal(acceptHunk(session, 7), session);
    assert.equal(rejectHunk(session, -1), session);
  });

  test('rejecting all keeps what was accepted before', () => {
    const session = rejectPending(acceptHunk(openReview(base, proposed), 1));
    assert.equal(acceptedText(session), ['a', 'b', 'c', 'd', 'new', 'e', 'f', 'g', ''].join('\n'));
  });

  test('the user may word the proposal differently before accepting', () => {
    const opened = openReview(base, proposed);
    const edited = editProposal(
      opened,
      opened.proposal.map((line) => (line === 'new' ? 'newer' : line)),
    );
    const outcome = outcomeOf(acceptPending(edited), 'person');
    assert.equal(outcome.kind === 'accepted' && outcome.text.includes('newer'), true);
    assert.deepEqual(
      outcome.record.hunks.map((hunk) => hunk.decision),
      ['accepted', 'edited', 'accepted'],
    );
  });

  test('a change of the user in another place is recorded as edited', () => {
    const opened = openReview(base, 'a\nB\nc\nd\ne\nf\ng\n');
    const outcome = outcomeOf(
      acceptPending(editProposal(opened, ['a', 'B', 'c', 'd', 'e', 'F', 'g', ''])),
      'person',
    );
    assert.deepEqual(outcome.record.hunks, [
      { header: '@@ -2,1 +2,1 @@', decision: 'accepted' },
      { header: '@@ -6,1 +6,1 @@', decision: 'edited' },
    ]);
  });

  test('nothing accepted is a rejection, with every hunk recorded as rejected', () => {
    const outcome = outcomeOf(rejectPending(openReview(base, proposed)), 'person');
    assert.equal(outcome.kind, 'rejected');
    assert.deepEqual(
      outcome.record.hunks.map((hunk) => hunk.decision),
      ['rejected', 'rejected', 'rejected'],
    );
  });

  test('what is undecided when training starts counts as rejected', () => {
    const outcome = outcomeOf(acceptHunk(openReview(base, proposed), 0), 'person');
    assert.deepEqual(
      outcome.record.hunks.map((hunk) => hunk.decision),
      ['accepted', 'rejected', 'rejected'],
    );
  });
});

describe('the form of the file is kept', () => {
  test('Windows line ends and byte-order mark, though the proposal came without', () => {
    assert.equal(all(openReview('\uFEFFa\r\nb\r\n', 'a\nx\ny\n')), '\uFEFFa\r\nx\r\ny\r\n');
  });

  test('no final newline stays none, and the other way round', () => {
    assert.equal(all(openReview('a\nb', 'a\nc\n')), 'a\nc');
    assert.equal(all(openReview('a\nb\n', 'a\nc')), 'a\nc\n');
    assert.equal(all(openReview('a\nb', 'a\nb\nc')), 'a\nb\nc');
  });

  test('mixed line ends: each kept line keeps its own, new ones take the usual', () => {
    assert.equal(
      all(openReview('a\r\nb\nc\r\nd\r\n', 'a\nb\nnew\nc\nd\n')),
      'a\r\nb\nnew\r\nc\r\nd\r\n',
    );
  });

  test('a proposal that differs in form alone has no hunks', () => {
    assert.equal(pendingHunks(openReview('\uFEFFa\r\nb', 'a\nb\n')).length, 0);
  });

  test('an empty file can be filled and a file emptied', () => {
    assert.equal(all(openReview('', 'a\nb')), 'a\nb');
    assert.equal(all(openReview('a\nb\n', '')), '');
  });
});
