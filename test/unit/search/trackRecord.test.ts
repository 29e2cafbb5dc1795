import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { calibrationOf } from '../../../src/study/calibration.ts';
import { earnedShare } from '../../../src/search/earnedShare.ts';
import { correctedEffect, meanOf, posteriorOf } from '../../../src/search/posterior.ts';
import { attemptsOf, trackRecord } from '../../../src/study/trackRecord.ts';
import { trackTables } from '../../../src/search/trackTable.ts';
import { trackRecordMarkdown } from '../../../src/hosts/vscode/history/trackRecordMarkdown.ts';
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
    const { meanObserved, meanPredicted, calibration, ...counts } =
      trackRecord(history).get('widen') ?? assert.fail('no record');
    assert.deepEqual(counts, {
      tries: 5,
      better: 1,
      worse: 1,
      invalid: 1,
      rejected: 1,
      mismatched: 0,
      measured: 2,
    });
    assert.equal(calibration, null, 'commits from before confidence was kept');
    assert.ok(Math.abs((meanObserved ?? NaN) - 0.01) < 1e-12);
    assert.ok(Math.abs((meanPredicted ?? NaN) + 0.03) < 1e-12);
  });

  test('counts the proposals whose words and change disagreed', () => {
    const told = [0, 2, 1].map((mismatches) =>
      attempt({ verdict: 'worse', operator: 'free-edit', mismatches }),
    );
    assert.equal(trackRecord(told).get('free-edit')?.mismatched, 2);
  });

  test('is kept of proposers too', () => {
    const record = trackRecord(history, 'proposer');
    assert.deepEqual(
      [...record].map(([name, { tries }]) => [name, tries]),
      [
        ['offline', 5],
        ['openai:some-model', 1],
      ],
    );
  });

  test('another proposer’s failures are not an operator’s own', () => {
    assert.equal(trackRecord(history).get('deepen')?.worse, 1);
    assert.equal(trackRecord(attemptsOf(history, 'offline')).get('deepen'), undefined);
  });

  test('without attempts there is no record', () => {
    assert.equal(trackRecord([]).size, 0);
    const told = (['check', 'unsealing', 'ablation'] as const).map((kind) =>
      attempt({ kind, verdict: 'inconclusive', metric: null }),
    );
    assert.equal(trackRecord(told).size, 0);
    assert.equal(trackRecord(told, 'proposer').size, 0);
  });
});

describe('calibration', () => {
  const said = (confidence: number, verdict: AttemptSummary['verdict']): AttemptSummary =>
    attempt({ confidence, verdict });

  test('is the Brier score, and what came true in each fifth of confidence', () => {
    const kept =
      calibrationOf([
        said(0.9, 'better'),
        said(0.9, 'better'),
        said(0.9, 'worse'),
        said(0.3, 'inconclusive'),
        said(0.3, 'crashed'),
      ]) ?? assert.fail('none');
    assert.equal(kept.judged, 5);
    assert.ok(Math.abs(kept.brier - (2 * 0.01 + 0.81 + 2 * 0.09) / 5) < 1e-12);
    assert.ok(Math.abs(kept.meanConfidence - 0.66) < 1e-12);
    assert.deepEqual(
      kept.bins.map(({ from, to, count, cameTrue }) => [from, to, count, cameTrue.toFixed(2)]),
      [
        [0.2, 0.4, 2, '0.00'],
        [0.8, 1, 3, '0.67'],
      ],
    );
  });

  test('says nothing of what was turned down, stopped or never told', () => {
    assert.equal(
      calibrationOf([
        said(0.9, 'rejected'),
        said(0.9, 'cancelled'),
        said(0.9, 'baseline'),
        attempt({ verdict: 'better' }),
      ]),
      null,
    );
    assert.deepEqual(
      calibrationOf([said(1, 'better')])?.bins.map(({ from, to }) => [from, to]),
      [[0.8, 1]],
    );
  });
});

describe('the share of a language model', () => {
  const SIDES = { model: 'openai:m', engine: 'offline' };
  const of = (
    proposer: string,
    verdict: AttemptSummary['verdict'],
    count: number,
  ): readonly AttemptSummary[] =>
    Array.from({ length: count }, () => attempt({ proposer, verdict }));

  test('is what the user set while there is no record', () => {
    assert.equal(earnedShare(0.3, SIDES, []), 0.3);
  });

  test(
    'falls to half at most where its proposals come to nothing, and rises where they beat the ' +
      "engine's",
    () => {
      assert.equal(
        earnedShare(0.3, SIDES, [...of('openai:m', 'crashed', 20), ...of('offline', 'better', 10)]),
        0.15,
      );
      assert.equal(
        earnedShare(0.3, SIDES, [...of('openai:m', 'better', 20), ...of('offline', 'worse', 20)]),
        0.6,
      );
      const little = earnedShare(0.3, SIDES, [
        ...of('openai:m', 'better', 1),
        ...of('offline', 'worse', 2),
      ]);
      assert.ok(little > 0.3 && little <= 0.6);
    },
  );

  test("all or nothing stays the user's word", () => {
    const failing = of('openai:m', 'crashed', 20);
    assert.deepEqual(
      [0, 1].map((share) => earnedShare(share, SIDES, failing)),
      [0, 1],
    );
  });
});

describe('the tables of the track record', () => {
  test('show prediction beside outcome, the most used first', () => {
    const [operators, proposers] = trackTables([
      attempt({
        operator: 'deepen',
        verdict: 'better',
        confidence: 0.6,
        effect: { observed: -0.02, predicted: -0.04 },
      }),
      ...history,
    ]);
    assert.deepEqual(
      operators?.rows.map(([name]) => name),
      ['widen', 'deepen'],
    );
    assert.deepEqual(operators?.rows[1], [
      'deepen',
      '2',
      '1',
      '1',
      '0',
      '0',
      '−0.04',
      '−0.02',
      '60 %',
      '100 %',
      '0.16',
    ]);
    assert.equal(proposers?.rows.length, 2);
    assert.ok(operators.rows.every((row) => row.length === operators.head.length + 1));
  });

  test('read as a page, with names from outside kept literal', () => {
    const page = trackRecordMarkdown('digits', [
      attempt({ proposer: 'openai:<b>x|y', verdict: 'better', confidence: 0.5 }),
    ]);
    assert.match(page, /\| openai:&lt;b&gt;x\\\|y \| 1 \| 1 \|/);
    assert.match(page, /\| 40 %–60 % \| 1 \| 100 % \|/);
    assert.match(trackRecordMarkdown('digits', []), /Nothing was proposed/);
  });
});

describe('posterior', () => {
  const record = (change: object) => ({
    tries: 0,
    better: 0,
    worse: 0,
    invalid: 0,
    rejected: 0,
    mismatched: 0,
    measured: 0,
    meanObserved: null,
    meanPredicted: null,
    calibration: null,
    ...change,
  });

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
