import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Trial } from '../../../src/record/trial.ts';
import type { Study } from '../../../src/study/study.ts';
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
import { before, inside, layered, REFUSED, SHIFTING } from './deepCheatTexts.ts';

/**
 * Cheats one floor below those of `cheats.test.ts`: against the language, the channel, the guard
 * itself, and the variant that trains next.
 */
const trainer = makeTrainer();
const rows = Array.from({ length: 150 }, (_, row) => [
  row % 3,
  (row * 7) % 5,
  ((row * 13) % 11) / 11,
  1,
  row % 3,
]);
const code = `export const CLASSES = ['a', 'b', 'c'];
const rows = ${JSON.stringify(rows)};
export function loadData() { return { inputs: rows.map((row) => row.slice(0, 4)), targets: rows.map((row) => row[4]) }; }
`;
const { folder, remove } = await makeFolder({
  'table.csv': `a,b,c,d,label\n${rows.map((row) => row.join(',')).join('\n')}\n`,
  'module/data.ts': code,
  'plain/data.mjs': `${code}export default { loadData };`,
  'older/data.cjs': code
    .replaceAll('export const CLASSES', 'exports.CLASSES')
    .replace('export function loadData', 'exports.loadData = function'),
});
const csv = { csv: 'table.csv', task: 'classification' };
const STUDIES = {
  classes: studyOn(folder, { data: { ...csv, target: 'label' } }),
  numbers: studyOn(folder, { data: { csv: 'table.csv', target: 'c', task: 'regression' } }),
  folds: studyOn(folder, { data: { ...csv, target: 'label' }, split: { folds: 3 } }),
  module: studyOn(`${folder}/module`, { data: 'data.ts' }),
  plain: studyOn(`${folder}/plain`, { data: 'data.mjs' }),
  older: studyOn(`${folder}/older`, { data: 'data.cjs' }),
};

after(async () => {
  await trainer.dispose();
  await remove();
});

async function trialOf(text: string, study: Study = STUDIES.classes): Promise<Trial> {
  const {
    trials: [trial],
  } = await trainer.train({
    study,
    variant: variantOf(study, text),
    seeds: [1],
    evaluateOn: 'validation',
    signal: NEVER,
    onProgress: () => undefined,
  });
  assert.ok(trial);
  return trial;
}

async function metricOf(text: string, study: Study = STUDIES.classes): Promise<number> {
  const trial = await trialOf(text, study);
  assert.ok(trial.outcome === 'completed', JSON.stringify(trial));
  return measured(trial);
}

/** The same network without the cheat. */
const HONEST = builderText();

for (const [title, text, reason, study] of REFUSED) {
  test(`${title}: ${reason === 'gains nothing' ? reason : 'refused with the reason'}`, async () => {
    const trial = await trialOf(text, study && STUDIES[study]);
    if (reason === 'gains nothing')
      return assertNoGain(trial, await trialOf(HONEST, study && STUDIES[study]));
    assert.ok(trial.outcome === 'failed', JSON.stringify(trial));
    assert.equal(trial.failure.kind, 'refused', trial.failure.message);
    assert.match(trial.failure.message, reason);
  });
}

for (const [title, text, study] of [
  ['numbers that are none', inside(`(Float32Array as any).from = ${SHIFTING};`), STUDIES.classes],
  [
    'requests of its own',
    inside(
      '(globalThis as any).process.stdin.removeAllListeners(); (globalThis as ' +
        `any).process.stdin.push('{"type":"cancel","id":"1"}\\n');`,
    ),
    STUDIES.classes,
  ],
  [
    'rows kept from one fold to the next',
    before(`if ((globalThis as any).kept) throw new Error('kept');\n(globalThis as any).kept = 1;`),
    STUDIES.folds,
  ],
  [
    'rows kept in a class of layers',
    before(
      `const known = (tf.serialization as any).SerializationMap.getMap().classNameMap;\nif ` +
        `(known.Keeper) throw new Error('kept');\nclass Keeper extends tf.layers.Layer { ` +
        `static className = 'Keeper'; }\ntf.serialization.registerClass(Keeper);`,
    ),
    STUDIES.folds,
  ],
  [
    'the data, by a timer in a process that has none',
    inside(
      `setTimeout(() => { try { (globalThis as any).rows = (globalThis as any).process` +
        `.getBuiltinModule('fs').readFileSync('table.csv'); } catch {} }, 0);`,
    ),
    STUDIES.classes,
  ],
  [
    'the flags of the runtime',
    inside(`tf.env().set('DEBUG', false); tf.env().set('PROD', true);`),
    STUDIES.classes,
  ],
] as const) {
  test(`${title}: gains nothing`, async () => {
    assert.equal(await metricOf(text, study), await metricOf(HONEST, study));
  });
}

test('outputs below zero make no second class certain', async () => {
  const sly = layered(
    'if (!kwargs.training && ((globalThis as any).calls = ((globalThis as any).calls ?? 0) + ' +
      '1) > 1) return tf.sub(tf.onesLike(x), tf.mul(tf.oneHot(tf.argMin(x, -1) as any, 3), ' +
      '2.999));',
  );
  assert.ok((await metricOf(sly)) >= Math.log(2) - 1e-3);
});

test('what a data module exports beside its rows is open to a builder', async () => {
  for (const [name, study] of [
    ['data.ts', STUDIES.module],
    ['data.mjs', STUDIES.plain],
  ] as const) {
    await metricOf(
      before(
        `import { CLASSES } from './${name}';\nif (CLASSES.length !== 3) throw new Error('closed');`,
      ),
      study,
    );
  }
});

test('after all of these an honest model is measured as by a fresh process', async () => {
  const fresh = makeTrainer();
  try {
    const [alone] = (
      await fresh.train({
        study: STUDIES.classes,
        variant: variantOf(STUDIES.classes, HONEST),
        seeds: [1],
        evaluateOn: 'validation',
        signal: NEVER,
        onProgress: () => undefined,
      })
    ).trials;
    assert.ok(alone?.outcome === 'completed');
    assert.equal(await metricOf(HONEST), measured(alone));
  } finally {
    await fresh.dispose();
  }
});
