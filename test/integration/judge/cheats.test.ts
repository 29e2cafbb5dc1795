import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Trial } from '../../../src/record/trial.ts';
import {
  builderText,
  makeFolder,
  makeTrainer,
  NEVER,
  studyOn,
  variantOf,
} from '../trainer/harness.ts';
import { measured } from '../../records.ts';
import { assertNoGain } from './assertNoGain.ts';
import { CHEATS } from './cheatTexts.ts';

const trainer = makeTrainer();
const { folder, remove } = await makeFolder({
  'table.csv': table(),
  'notes.csv': 'mine\n',
  'model.ts': '',
});
const study = studyOn(folder, {
  data: { csv: 'table.csv', target: 'label', task: 'classification' },
});

after(async () => {
  await trainer.dispose();
  await remove();
});

/** The four features and three classes of `test/projects/blobs` as a table. */
function table(): string {
  let state = 7;
  const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  const rows = Array.from({ length: 150 }, (_, row) =>
    [
      ...[0, 1, 2, 3].map((column) => (column % 3 === row % 3 ? 1 : 0) + random() - 0.5),
      row % 3,
    ].join(','),
  );
  return `a,b,c,d,label\n${rows.join('\n')}\n`;
}

const trialOf = async (text: string): Promise<Trial | undefined> =>
  (
    await trainer.train({
      study,
      variant: variantOf(study, text),
      seeds: [1],
      evaluateOn: 'validation',
      signal: NEVER,
      onProgress: () => undefined,
    })
  ).trials[0];

const HONEST = await trialOf(builderText());

/** Code in the builder before the model is made, or after. */
for (const [title, text, reason] of CHEATS) {
  test(`${title}: ${reason === 'gains nothing' ? reason : 'refused with the reason'}`, async () => {
    const trial = await trialOf(text);
    if (reason === 'gains nothing') return assertNoGain(trial, HONEST);
    assert.ok(trial?.outcome === 'failed', JSON.stringify(trial));
    assert.equal(trial.failure.kind, 'refused', trial.failure.message);
    assert.match(trial.failure.message, reason);
  });
}

test('a builder of the user’s that looks at the clock and at files of its own trains', async () => {
  const trial = await trialOf(
    builderText({
      before: `import { readFileSync } from 'node:fs';`,
      inside:
        'if (Date.now() < 0 || performance.now() < 0) throw new ' +
        `Error(readFileSync('notes.csv', 'utf8'));\n  readFileSync('notes.csv', 'utf8');`,
    }),
  );
  assert.equal(trial?.outcome, 'completed', JSON.stringify(trial));
});

test('after all of these the same warm worker still measures an honest model as a fresh one does', async () => {
  const fresh = makeTrainer();
  try {
    const honest = {
      study,
      variant: variantOf(study, builderText()),
      seeds: [1],
      evaluateOn: 'validation' as const,
      signal: NEVER,
      onProgress: () => undefined,
    };
    const [here, there] = [await trialOf(builderText()), (await fresh.train(honest)).trials[0]];
    assert.ok(here?.outcome === 'completed' && there?.outcome === 'completed');
    assert.deepEqual(
      { measured: measured(here), curves: here.curves },
      { measured: measured(there), curves: there.curves },
    );
  } finally {
    await fresh.dispose();
  }
});
