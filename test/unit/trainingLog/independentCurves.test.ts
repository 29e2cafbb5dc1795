/**
 * The findings against runs drawn at random (drawnRuns.ts): lengths, shapes, levels, paces and
 * noise vary, and what is in a run is known because it was put there, at three standard deviations
 * of one epoch (docs/diagnosis.md). A hundred runs each hold what was reached; what it is worth is
 * measured by the bench, on four times as many and on seeds of its own.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { forecast } from '../../../src/log/forecast.ts';
import { LEAP } from './drawers.ts';
import { SIGNAL } from './draw.ts';
import { NEW_SEEDS, NEW_SHAPES, scoreDiagnosis } from './scoreDiagnosis.ts';
import { scoreForecast } from './scoreForecast.ts';

const drawn = {
  'shapes that thresholds were chosen on': { ...NEW_SEEDS, firstSeed: 2_000_000, runs: 12 },
  'shapes that none was chosen on': { ...NEW_SHAPES, firstSeed: 3_000_000, runs: 8 },
};

for (const [shapes, draws] of Object.entries(drawn)) {
  describe(`what is there is found in 95 of 100 runs, what is not in 5 at most: ${shapes}`, () => {
    for (const { name, signal, right, falseAlarms, misses } of scoreDiagnosis(draws)) {
      test(name, () => {
        assert.ok(
          right >= 0.95,
          `right in ${(100 * right).toFixed(1)} %: ${misses.slice(0, 3).join('; ')}`,
        );
        assert.ok(
          (falseAlarms ?? 0) <= 0.05,
          `false alarms in ${(100 * (falseAlarms ?? 0)).toFixed(1)} %`,
        );
        const size = name.includes('spikes') ? LEAP : SIGNAL;
        assert.ok(
          signal === null || Math.abs(signal / size - 1) < 0.08,
          `the runs show a signal of ${signal} standard deviations, not of ${size}`,
        );
      });
    }
  });
}

describe('a forecast holds what the curve then has, whatever its shape', () => {
  for (const { curves, held, given } of scoreForecast({
    ...NEW_SEEDS,
    firstSeed: 2_000_000,
    runs: 25,
  })) {
    test(curves, () => {
      assert.ok(held >= 0.9, `${(100 * held).toFixed(1)} % held`);
      assert.ok(given >= 0.6, `${(100 * given).toFixed(1)} % given`);
    });
  }
});

test('a straight fall has no forecast: it cannot go on', () => {
  assert.equal(
    forecast(Array.from({ length: 60 }, (_, i) => 3 - 0.04 * i + 0.01 * Math.sin(i * i))),
    null,
  );
});

test('too short a curve, or one that rises, has no forecast', () => {
  assert.equal(forecast([3, 2, 1]), null);
  assert.equal(forecast(Array.from({ length: 20 }, (_, i) => i + 1)), null);
});
