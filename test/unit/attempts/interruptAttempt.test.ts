import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attempt } from '../../../src/record/attempt.ts';
import { interruptAttempt } from '../../../src/record/interruptAttempt.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';

const draft = (trials: Attempt['trials']): Attempt => ({
  kind: 'baseline',
  version: 1,
  id: 'x-1-a',
  number: 1,
  study: 'x',
  model: 'm.ts',
  parents: [],
  createdAt: '',
  finishedAt: '',
  fingerprint: null,
  config: studyConfigSchema.parse({ seeds: [7, 8, 9] }),
  dataHash: null,
  environment: null,
  parameters: null,
  trials,
  verdict: { kind: 'cancelled', text: '', comparisons: [] },
});

const completed = (seed: number): Attempt['trials'][number] => ({
  outcome: 'completed',
  seed,
  measures: { val_loss: 1 },
  curves: {},
  epochs: 1,
  seconds: { fit: 1, total: 1 },
});

test('An interrupted attempt keeps its finished trials and names the seed that ran', () => {
  const ended = interruptAttempt(draft([completed(7)]), '2026-11-02T10:00:00.000Z');
  assert.deepEqual(
    ended.trials.map((trial) => [
      trial.seed,
      trial.outcome === 'failed' ? trial.failure.kind : trial.outcome,
    ]),
    [
      [7, 'completed'],
      [8, 'interrupted'],
    ],
  );
  assert.equal(ended.verdict.kind, 'cancelled');
  assert.match(ended.verdict.text, /^Interrupted: .* after 1 of 3 seeds\.$/);
  assert.equal(ended.finishedAt, '2026-11-02T10:00:00.000Z');
});

test('An attempt interrupted after its last trial invents none', () => {
  assert.equal(
    interruptAttempt(draft([completed(7), completed(8), completed(9)]), '').trials.length,
    3,
  );
});
