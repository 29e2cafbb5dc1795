import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { correctedEffect, meanOf, posteriorOf } from '../../../src/core/search/posterior.ts';
import { attemptsOf, trackRecord } from '../../../src/core/search/trackRecord.ts';
import { attempt } from '../operators/architectures.ts';

const history = [
  attempt({ verdict: 'baseline', operator: null }),
  attempt({ verdict: 'better', effect: { observed: -0.02, predicted: -0.04 } }),
  attempt({ verdict: 'worse', effect: { observed: 0.04, predicted: -0.02 } }),
  attempt({ verdict: 'inconclusive', effect: { observed: null, predicted: -0.02 } }),
  attempt({ verdict: 'crashed' }),
  attempt({ verdict: 'rejected' }),
  attempt({ verdict: 'cancelled' }),
  attempt({ verdict: 'worse', operator: 'deepen', proposer: 'openai:some-model' }),
];

describe('track record', () => {
  test('counts every end but cancelled ones, and means over the measured', () => {
    const { meanObserved, meanPredicted, ...counts } = trackRecord(history).get('widen') ?? assert.fail('no record');
    assert.deepEqual(counts, { tries: 5, better: 1, worse: 1, invalid: 1, rejected: 1, mismatched: 0, measured: 2 });
    assert.ok(Math.abs((meanObserved ?? NaN) - 0.01) < 1e-12);
    assert.ok(Math.abs((meanPredicted ?? NaN) + 0.03) < 1e-12);
  });

  test('counts the proposals whose words and change disagreed', () => {
    const told = [0, 2, 1].map((mismatches) => attempt({ verdict: 'worse', operator: 'free-edit', mismatches }));
    assert.equal(trackRecord(told).get('free-edit')?.mismatched, 2);
  });

  test('another proposer’s failures are not an operator’s own', () => {
    assert.equal(trackRecord(history).get('deepen')?.worse, 1);
    assert.equal(trackRecord(attemptsOf(history, 'offline')).get('deepen'), undefined);
  });

  test('without attempts there is no record', () => {
    assert.equal(trackRecord([]).size, 0);
  });
});

describe('posterior', () => {
  const record = (change: object) => ({ tries: 0, better: 0, worse: 0, invalid: 0, rejected: 0, mismatched: 0, measured: 0, meanObserved: null, meanPredicted: null, ...change });

  test('starts at the diagnosis and follows the record', () => {
    assert.ok(Math.abs(meanOf(posteriorOf(0.4, undefined)) - 0.4) < 1e-9);
    assert.ok(meanOf(posteriorOf(0.4, record({ tries: 2, better: 2 }))) > 0.5);
    assert.ok(meanOf(posteriorOf(0.4, record({ tries: 2, worse: 2 }))) < 0.35);
  });

  test('what was inconclusive costs half of what was worse', () => {
    const half = posteriorOf(0.5, record({ tries: 2 }));
    const whole = posteriorOf(0.5, record({ tries: 1, worse: 1 }));
    assert.deepEqual(half, whole);
  });

  test('predictions are pulled to what was observed', () => {
    assert.equal(correctedEffect(-0.1, undefined), -0.1);
    assert.equal(correctedEffect(-0.1, record({ measured: 2, meanObserved: 0.02 })), -0.04);
  });
});
