import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hostile } from './hostile.ts';
import { JAVASCRIPT } from './javascript.ts';
import { pythonVariants } from './python.ts';
import { runHostile, type On } from './runHostile.ts';
import { TRAINED_JAVASCRIPT } from './trainedJavascript.ts';
import { trainHostile } from './trainHostile.ts';

/** `npm run bench -- hostile` runs all of them, under each layer. */
const EVERY = 10;

const corpus = [
  ['wasm', JAVASCRIPT],
  ['keras', pythonVariants('keras')],
  ['torch', pythonVariants('torch')],
] as const satisfies readonly (readonly [On, unknown])[];

const someOf = (all: readonly Hostile[]): readonly Hostile[] =>
  all.filter((_, at) => at % EVERY === 0);

for (const [on, all] of corpus)
  test(`hostile variants on ${on} have no effect`, { timeout: 240_000 }, async () => {
    assert.deepEqual(await runHostile(someOf(all), { layer: 'landlock', on }), []);
  });

test('hostile variants that are trained have no effect', { timeout: 600_000 }, async () => {
  const some = someOf(TRAINED_JAVASCRIPT);
  assert.deepEqual(await trainHostile(some, { layer: 'landlock', on: 'wasm' }), []);
});
