import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../src/log/diagnose.ts';
import { findingOf, logWith } from './logWith.ts';
import { logOf, SYNTHETIC_RUNS } from './syntheticRuns.ts';

test('a large gap that is no sign of overfitting says why it is none', () => {
  const falling = Array.from({ length: 40 }, (_, i) => 0.2 + 2 * 0.93 ** i);
  const log = logWith({ loss: falling, val_loss: falling.map((value) => 1.3 * value) });
  assert.equal(diagnose(log).overfitting, 'unlikely');
  assert.match(
    findingOf(log, 'train-validation-gap').text,
    /30 % above loss .* both still fall, so that no overfitting shows in this large gap\.$/,
  );
  const luck = logWith({
    loss: Array.from({ length: 40 }, () => 1),
    val_loss: Array.from({ length: 40 }, (_, i) => (i === 39 ? 1.3 : 1.02)),
  });
  assert.equal(diagnose(luck).overfitting, 'unlikely');
  assert.match(findingOf(luck, 'train-validation-gap').text, /one epoch alone makes this/);
  for (const run of SYNTHETIC_RUNS)
    for (const seed of [1, 2, 3, 4, 5]) {
      const { overfitting, findings } = diagnose(logOf(run, seed));
      const says = findings.some(({ text }) => text.endsWith(': a large gap.'));
      assert.ok(!(says && overfitting === 'unlikely'), `${run.name}, seed ${seed}`);
    }
});
