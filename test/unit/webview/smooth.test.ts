import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { positive, smooth } from '../../../src/hosts/webview/shared/smooth.ts';

describe('smoothing', () => {
  test('leaves everything as it is at 0', () => {
    const values = [3, null, 1];
    assert.equal(smooth(values, 0), values);
  });

  test('starts at the first value, not at zero, and keeps a constant', () => {
    assert.deepEqual(
      smooth([2, 2, 2], 0.9).map((value) => value?.toFixed(9)),
      ['2.000000000', '2.000000000', '2.000000000'],
    );
  });

  test('weighs what came before, and keeps gaps', () => {
    assert.deepEqual(
      smooth([1, null, 0], 0.5).map((value) => value?.toFixed(4)),
      ['1.0000', undefined, '0.3333'],
    );
  });
});

test('a logarithmic axis has gaps where there is no logarithm', () => {
  assert.deepEqual(positive([1, 0, -1, null]), [1, null, null, null]);
});
