import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { rankOffers, type Offer } from '../../../src/search/rankCandidates.ts';
import { trackRecord } from '../../../src/study/trackRecord.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { Finding, FindingKind } from '../../../src/log/diagnosis.ts';
import {
  attempt,
  contextFor,
  diagnosisOf,
  seeded,
  sequential,
} from '../operators/architectures.ts';

const mlp = sequential([
  ['dense', { units: 16, activation: 'relu', inputShape: [10] }],
  ['dense', { units: 16, activation: 'relu' }],
  ['dropout', { rate: 0.2 }],
  ['dense', { units: 1 }],
]);

function offersFor(findings: Partial<Record<FindingKind, Finding['severity']>>): readonly Offer[] {
  const context = contextFor(mlp, { diagnosis: diagnosisOf(findings) });
  return OPERATORS.flatMap((operator) =>
    operator.candidates(context).map((candidate) => ({ operator, candidate })),
  );
}

const namesAndFamilies = (offers: readonly Offer[]): readonly string[] =>
  offers.flatMap(({ operator }) => [operator.name, operator.family]);

/** How often a family or an operator is among the first three, over 200 seeds. */
function shareOf(
  family: string,
  findings: Partial<Record<FindingKind, Finding['severity']>>,
  history: readonly AttemptSummary[] = [],
): number {
  const offers = offersFor(findings);
  const hits = Array.from({ length: 200 }, (_, seed) =>
    namesAndFamilies(rankOffers(offers, trackRecord(history), seeded(seed)).slice(0, 3)).includes(
      family,
    ),
  );
  return hits.filter(Boolean).length / hits.length;
}

describe('ranking', () => {
  test('the diagnosis decides what comes first', () => {
    assert.ok(shareOf('regularization', { overfitting: 'problem' }) > 0.9);
    assert.ok(shareOf('learning-rate', { 'under-trained': 'problem' }) > 0.9);
    assert.ok(shareOf('width', { underfitting: 'problem' }) > 0.7);
    assert.ok(
      shareOf('add-dropout', { underfitting: 'problem', 'under-trained': 'problem' }) < 0.05,
    );
    assert.ok(shareOf('width', { overfitting: 'problem', divergence: 'problem' }) < 0.15);
  });

  test('divergence asks for a lower learning rate, not a higher one', () => {
    const offers = offersFor({ divergence: 'problem' });
    for (let seed = 0; seed < 50; seed++) {
      const names = rankOffers(offers, new Map(), seeded(seed)).map(
        ({ operator }) => operator.name,
      );
      assert.ok(names.indexOf('lower-learning-rate') < names.indexOf('raise-learning-rate'));
    }
  });

  test('an operator that keeps failing here gives way, one that keeps winning comes again', () => {
    const tries = (verdict: AttemptSummary['verdict']): readonly AttemptSummary[] =>
      Array.from({ length: 6 }, () => attempt({ operator: 'raise-learning-rate', verdict }));
    const before = shareOf('learning-rate', { creeping: 'warning' });
    assert.ok(shareOf('learning-rate', { creeping: 'warning' }, tries('worse')) < before / 2);
    assert.ok(shareOf('learning-rate', { creeping: 'warning' }, tries('better')) > 0.95);
  });

  test('the same seed gives the same order, another one may explore', () => {
    const offers = offersFor({ plateau: 'warning' });
    const titles = (seed: number): readonly string[] =>
      rankOffers(offers, new Map(), seeded(seed)).map(({ candidate }) => candidate.title);
    assert.deepEqual(titles(5), titles(5));
    assert.ok(new Set(Array.from({ length: 20 }, (_, seed) => titles(seed)[0])).size > 1);
  });

  test('nothing is lost, and effects come out corrected by the record', () => {
    const offers = offersFor({ overfitting: 'problem' });
    const history = [1, 2].map(() =>
      attempt({
        operator: 'add-l2',
        verdict: 'worse',
        effect: { observed: 0.5, predicted: -0.01 },
      }),
    );
    const ranked = rankOffers(offers, trackRecord(history), seeded(1));
    assert.equal(ranked.length, offers.length);
    const effect = (list: readonly Offer[], name: string): number =>
      list.find(({ operator }) => operator.name === name)?.candidate.expectedEffect?.delta ?? NaN;
    const context = contextFor(mlp, {
      config: { objective: { metric: 'val_loss', direction: 'minimize' } },
    });
    const measured = OPERATORS.filter(({ name }) => name === 'add-l2').flatMap((operator) =>
      operator.candidates(context).map((candidate) => ({ operator, candidate })),
    );
    assert.ok(effect(measured, 'add-l2') < 0);
    assert.ok(effect(rankOffers(measured, trackRecord(history), seeded(1)), 'add-l2') > 0);
  });
});
