import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Proposal } from '../../../src/study/proposal.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { OperatorSearcher } from '../../../src/search/operatorSearcher.ts';
import { BUILDERS, readBuilder, syntax } from '../operators/builders.ts';
import { attempt, diagnosisOf, requestFor, type Asked } from '../operators/architectures.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const searcher = new OperatorSearcher(syntax, { yieldNow: () => nextTurn(), hash });
const mlp = BUILDERS.find(({ name }) => name === 'sequential MLP by add') ?? assert.fail('no MLP');

async function proposed(change: Partial<Asked>): Promise<readonly Proposal[]> {
  const { count: _, ...state } = requestFor(await readBuilder(mlp.text), {
    data: mlp.data,
    model: { path: '/s/model.ts', language: 'typescript', text: mlp.text },
    ...change,
  });
  return searcher.ask(state, 1000);
}

const regularises = ({ operator }: Proposal): boolean =>
  (OPERATORS.find(({ name }) => name === operator)?.answers.overfitting ?? 0) > 0;

const overfitting = diagnosisOf({ overfitting: 'warning' });

test('what is no better than one answer for all is not held back from learning', async () => {
  const learned = { ...overfitting, series: { ...overfitting.series, val_r2: [0.1, 0.6] } };
  assert.ok((await proposed({ diagnosis: learned })).some(regularises));
  const constant = { ...overfitting, series: { ...overfitting.series, val_r2: [-0.3, 0.01] } };
  const offers = await proposed({ diagnosis: constant });
  assert.ok(offers.length >= 5);
  assert.deepEqual(offers.filter(regularises), []);
});

test('a learning rate that the check has settled is not raised again, unless asked for', async () => {
  const raises = (offers: readonly Proposal[]): boolean =>
    offers.some(({ operator }) => operator === 'raise-learning-rate');
  const checked = [attempt({ kind: 'baseline' }), attempt({ kind: 'check' })];
  assert.ok(raises(await proposed({ history: checked.slice(0, 1) })));
  assert.ok(!raises(await proposed({ history: checked })));
  assert.ok(raises(await proposed({ history: checked, wish: 'raise the learning rate' })));
});
