import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { VerdictKind } from '../../../src/record/verdict.ts';
import { bestOf } from '../../../src/study/lineage.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';

const objective = { metric: 'val_loss', direction: 'minimize' } as const;

const attempt = (
  id: string,
  parent: string | null,
  verdict: VerdictKind,
  values: readonly number[],
): AttemptSummary => ({
  id,
  number: 0,
  study: 's',
  kind: parent === null ? 'baseline' : 'change',
  verdict,
  failure: null,
  title: id,
  operator: null,
  family: null,
  proposer: null,
  metric: {
    mean: mean([...values]),
    sd: values.length > 1 ? sampleStandardDeviation([...values]) : null,
    values,
  },
  effect: { observed: null, predicted: null },
  mismatches: 0,
  parameters: null,
  fingerprint: null,
  parents: parent === null ? [] : [parent],
  sourceHash: id,
  dataHash: 'd',
  configHash: 'c',
  commit: id,
  finishedAt: 0,
});

const baseline = attempt('baseline', null, 'baseline', [1.0, 1.1, 1.2]);
const bestId = (...attempts: readonly AttemptSummary[]): string | undefined =>
  bestOf(attempts, [objective])?.id;

test('the best mean among the baseline and what was judged better', () => {
  assert.equal(
    bestId(
      baseline,
      attempt('a', 'baseline', 'better', [0.5, 0.6, 0.7]),
      attempt('b', 'baseline', 'inconclusive', [0.1, 0.2, 0.3]),
    ),
    'a',
  );
  assert.equal(bestId(), undefined);
});

test('a simpler model that is as good takes its parent’s place', () => {
  assert.equal(
    bestId(baseline, attempt('simpler', 'baseline', 'better', [1.05, 1.15, 1.2])),
    'simpler',
  );
});

test('simpler models do not drift away from the best, each a little worse', () => {
  const first = attempt('first', 'baseline', 'better', [1.1, 1.2, 1.3]);
  const second = attempt('second', 'first', 'better', [1.2, 1.3, 1.4]);
  assert.equal(bestId(baseline, first, second), 'first');
});

test('what is not behind its parent by mean needs no tolerance; a single seed gives none', () => {
  assert.equal(
    bestId(attempt('baseline', null, 'baseline', [1]), attempt('a', 'baseline', 'better', [1.01])),
    'baseline',
  );
  assert.equal(
    bestId(
      baseline,
      attempt('a', 'baseline', 'better', [0.5, 0.6, 0.7]),
      attempt('b', 'a', 'better', [0.3, 0.4, 0.5]),
    ),
    'b',
  );
});
