import assert from 'node:assert/strict';
import { test } from 'node:test';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { nominalLevels } from '../../../src/judge/sequentialBoundary.ts';

const z = (level: number): number => normalQuantile(1 - level / 2, 0, 1);

test('five equal looks at 5 % give the published O’Brien–Fleming-type boundaries', () => {
  // Lan–DeMets boundaries for five equally spaced looks, two-sided 0.05 (e.g. Jennison and Turnbull
  // 2000, table 7.6).
  const published = [4.8769, 3.3569, 2.6803, 2.2898, 2.031];
  nominalLevels([1, 2, 3, 4, 5], 0.05).forEach((level, look) => {
    assert.ok(
      Math.abs(z(level) - (published[look] ?? 0)) < 0.01,
      `look ${look + 1}: ${z(level)} against ${published[look]}`,
    );
  });
});

test('a single look spends everything at once', () => {
  const [level] = nominalLevels([6], 0.05);
  assert.ok(level !== undefined && Math.abs(level - 0.05) < 1e-4);
});
