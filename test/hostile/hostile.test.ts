import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JAVASCRIPT } from './javascript.ts';
import { pythonVariants } from './python.ts';
import { runHostile, type On } from './runHostile.ts';

/** `npm run bench -- hostile` runs all of them, under each layer. */
const EVERY = 10;

const corpus = [
  ['wasm', JAVASCRIPT],
  ['keras', pythonVariants('keras')],
  ['torch', pythonVariants('torch')],
] as const satisfies readonly (readonly [On, unknown])[];

for (const [on, all] of corpus)
  test(`hostile variants on ${on} have no effect`, { timeout: 240_000 }, async () => {
    const some = all.filter((_, at) => at % EVERY === 0);
    assert.deepEqual(await runHostile(some, { layer: 'landlock', on }), []);
  });
