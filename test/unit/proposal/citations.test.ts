import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownCitations, withoutStrangers } from '../../../src/propose/citations.ts';

const TEXT =
  'Shortcuts (He et al., arXiv 1512.03385; https://arxiv.org/abs/1706.03762) and what was seen in ' +
  'arXiv:2999.00001 and once more in arxiv.org/pdf/2999.00001.';

test('what is in no record is struck out, and told once', () => {
  assert.equal(
    withoutStrangers(TEXT),
    'Shortcuts (He et al., arXiv 1512.03385; https://arxiv.org/abs/1706.03762) and what was seen ' +
      'in ~~arXiv:2999.00001~~ and once more in ~~arxiv.org/pdf/2999.00001~~.',
  );
  const [told, ...others] = unknownCitations(TEXT);
  assert.match(told ?? '', /arXiv 2999\.00001, which is in no record/);
  assert.deepEqual(others, []);
});

test('a text that cites what there is, or nothing, stays as it is', () => {
  for (const text of ['As in arXiv 1512.03385.', 'val_loss went to 0.1803.']) {
    assert.equal(withoutStrangers(text), text);
    assert.deepEqual(unknownCitations(text), []);
  }
});
