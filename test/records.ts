import assert from 'node:assert/strict';
import type { Attempt, AttemptOf } from '../src/record/attempt.ts';
import type { Trial } from '../src/record/trial.ts';

/** What stands in a baseline's record where a change has more. */
export function asBaseline({
  kind,
  proposal,
  review,
  references,
  repairs,
  cost,
  exchanges,
  ...common
}: AttemptOf<'change'>): AttemptOf<'baseline'> {
  return { kind: 'baseline', ...common };
}

/** The record, which has to be one of a change. */
export function changeOf(attempt: Attempt | undefined): AttemptOf<'change'> {
  assert.equal(attempt?.kind, 'change');
  return attempt as AttemptOf<'change'>;
}

/** A measure of a trial, which has to have been completed. */
export function measured(trial: Trial | undefined, measure = 'val_loss'): number {
  assert.equal(trial?.outcome, 'completed');
  const value = trial?.outcome === 'completed' ? trial.measures[measure] : undefined;
  return value ?? assert.fail(`no ${measure}`);
}
