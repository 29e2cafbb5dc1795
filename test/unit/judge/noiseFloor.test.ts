import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerdictKind } from '../../../src/record/verdict.ts';
import { noiseAround, noiseFloor } from '../../../src/study/noiseFloor.ts';

const attempt = (
  sd: number | null,
  seeds: number,
  changes: { verdict?: VerdictKind; dataHash?: string } = {},
) => ({
  verdict: 'inconclusive' as VerdictKind,
  dataHash: 'd',
  configHash: 'c',
  metric: { mean: 0, sd, values: Array.from({ length: seeds }, () => 0) },
  ...changes,
});
const like = { dataHash: 'd', configHash: 'c' };

test('variances are pooled by their degrees of freedom', () => {
  // (2 · 0.04 + 4 · 0.01) / 6 = 0.02.
  const noise = noiseFloor([attempt(0.2, 3), attempt(0.1, 5)], like);
  assert.equal(noise?.degreesOfFreedom, 6);
  assert.ok(Math.abs(noise.sd ** 2 - 0.02) < 1e-12);
});

test('other data, what was judged worse, and what has a noise of its own are left out', () => {
  const others = [
    attempt(5, 3, { dataHash: 'other' }),
    attempt(5, 3, { verdict: 'worse' }),
    attempt(5, 3),
  ];
  assert.deepEqual(
    noiseFloor([attempt(0.1, 3), attempt(0.1, 3), ...others], like)?.degreesOfFreedom,
    4,
  );
});

test('one seed shows no noise', () => {
  assert.equal(noiseFloor([attempt(null, 1)], like), null);
});

test('around each attempt stands the noise of what it can be compared with', () => {
  const noise = noiseAround([
    attempt(0.1, 3),
    attempt(0.1, 3),
    attempt(2, 3, { dataHash: 'other' }),
    attempt(null, 1, { dataHash: 'third' }),
  ]);
  assert.deepEqual(
    ['d', 'other', 'third', 'unknown'].map((dataHash) =>
      noise({ dataHash, configHash: 'c' })?.toFixed(6),
    ),
    ['0.100000', '2.000000', undefined, undefined],
  );
});
