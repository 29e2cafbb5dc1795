import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectedMaximum, validationUse } from '../../../src/judge/validationUse.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { attempt } from '../operators/architectures.ts';

const measured = (change: Partial<AttemptSummary> = {}): AttemptSummary =>
  attempt({
    dataHash: 'd',
    metric: { mean: 0.3, sd: 0.02, values: [0.28, 0.3, 0.31, 0.31] },
    verdict: 'inconclusive',
    ...change,
  });

describe('the expected maximum of normals', () => {
  test('is that of the tables', () => {
    // Harter 1961, "Expected values of normal order statistics", Biometrika 48.
    for (const [count, value] of [
      [1, 0],
      [2, 0.56419],
      [5, 1.16296],
      [10, 1.53875],
      [25, 1.96531],
      [100, 2.50759],
    ] as const) {
      assert.ok(
        Math.abs(expectedMaximum(count) - value) < 1e-4,
        `${count}: ${expectedMaximum(count)}`,
      );
    }
  });

  test('is what picking the best of equal ones really brings', () => {
    const random = seededRandom(3);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const tries = Array.from({ length: 20_000 }, () =>
      Math.max(...Array.from({ length: 8 }, normal)),
    );
    assert.ok(
      Math.abs(tries.reduce((sum, value) => sum + value, 0) / tries.length - expectedMaximum(8)) <
        0.02,
    );
  });
});

describe('the meter of the validation part', () => {
  test('counts what was trained to a verdict on the same data, and nothing else', () => {
    const best = measured({ verdict: 'better' });
    const looks = [
      measured({ verdict: 'baseline' }),
      best,
      measured({ verdict: 'worse' }),
      measured({ configHash: 'other' }),
    ];
    const others = [
      measured({ dataHash: 'other' }),
      measured({ verdict: 'cancelled' }),
      measured({ verdict: 'crashed' }),
      measured({ verdict: 'rejected', metric: null }),
      measured({ kind: 'unsealing', metric: null }),
    ];
    assert.equal(validationUse([...looks, ...others], best).looks, 4);
  });

  test('counts what the check of a baseline chose among, on the same data', () => {
    const best = measured({ verdict: 'better' });
    const check = measured({ kind: 'check', metric: null, looks: 3 });
    assert.equal(validationUse([measured({ verdict: 'baseline' }), check, best], best).looks, 5);
    assert.equal(validationUse([best, { ...check, dataHash: 'other' }], best).looks, 1);
  });

  test(
    'tells the luck in units of the metric: the expected maximum at the standard error of the ' +
      'best',
    () => {
      const best = measured({ verdict: 'better' });
      const use = validationUse([best, ...Array.from({ length: 22 }, () => measured())], best);
      assert.ok(Math.abs((use.luck ?? 0) - expectedMaximum(23) * 0.01) < 1e-9);
      assert.equal(use.text, 'best of 23 looks: expect ≈ 0.019 of luck');
    },
  );

  test('says so where nothing was chosen yet, and where single seeds show no noise', () => {
    const alone = measured({ verdict: 'baseline' });
    assert.equal(validationUse([alone], alone).text, '1 look, nothing chosen by it yet');
    const single = measured({ metric: { mean: 0.3, sd: null, values: [0.3] } });
    assert.deepEqual(validationUse([single, single], single), {
      looks: 2,
      luck: null,
      text: 'best of 2 looks: how much luck that is, single seeds cannot tell',
    });
  });
});
