import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CombiningSearcher } from '../../../src/search/combiningSearcher.ts';
import { OperatorSearcher } from '../../../src/search/operatorSearcher.ts';
import type { SearchState } from '../../../src/ports/searcher.ts';
import { requestFor } from '../operators/architectures.ts';
import { BUILDERS, readBuilder, syntax } from '../operators/builders.ts';

const host = {
  yieldNow: async () => {
    await nextTurn();
  },
  hash: (text: string) => createHash('sha256').update(text).digest('hex'),
};
const none = new OperatorSearcher(syntax, host, []);
const combining = new CombiningSearcher(none, syntax, host);

async function stateOf(change: Partial<SearchState> = {}): Promise<SearchState> {
  const [mlp] = BUILDERS;
  assert.ok(mlp);
  return requestFor(await readBuilder(mlp.text), {
    data: mlp.data,
    model: { path: '/s/model.ts', language: 'typescript', text: mlp.text },
    ...change,
  });
}

test('where no operator has anything left, changes and numbers are tried together', async () => {
  const proposals = await combining.ask(await stateOf(), 20);
  assert.equal(proposals.length, 20);
  assert.equal(new Set(proposals.map(({ fingerprint }) => fingerprint)).size, 20);
  assert.ok(proposals.every(({ operator }) => operator === 'combination'));
  assert.ok(
    proposals.some(({ title }) => title.includes(', ')),
    'some combine several',
  );
});

test('a structural move and a wish are the operators’ own', async () => {
  assert.deepEqual(await combining.ask(await stateOf({ structural: true }), 3), []);
  assert.deepEqual(await combining.ask(await stateOf({ wish: 'smaller' }), 3), []);
});

test('what an operator offers goes first', async () => {
  const all = new CombiningSearcher(new OperatorSearcher(syntax, host), syntax, host);
  const [first] = await all.ask(await stateOf(), 1);
  assert.notEqual(first?.operator, 'combination');
});
