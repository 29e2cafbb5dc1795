import assert from 'node:assert/strict';
import type { Trial } from '../../../src/record/trial.ts';
import { measured } from '../../records.ts';

/** What always answers the shares of three classes reaches this. */
const TRIVIAL = Math.log(3);
/** Another model trains a little better or worse; a forged score is better by far. */
const LUCK = 0.8;

/** Asserts that a variant failed, or was measured as what it is. */
export function assertNoGain(trial: Trial | undefined, honest: Trial | undefined): void {
  if (trial?.outcome === 'failed') return;
  assert.ok(trial && honest?.outcome === 'completed', JSON.stringify(honest));
  const least = LUCK * Math.min(measured(honest), TRIVIAL);
  assert.ok(measured(trial) >= least, `${measured(trial)} of ${least} at least`);
}
