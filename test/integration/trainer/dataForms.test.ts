import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import {
  BLOBS_JS,
  builderText,
  exampleFolder,
  makeFolder,
  makeTrainer,
  NEVER,
  studyOn,
  variantOf,
} from './harness.ts';
import { measured } from '../../records.ts';

/** What is measured on each part. */
const PART = { validation: 'val_loss', test: 'test_loss' } as const;

const trainer = makeTrainer();

after(() => trainer.dispose());

async function profileOf(
  files: Readonly<Record<string, string>>,
  config: object = {},
): Promise<DataProfile> {
  const { folder, remove } = await makeFolder(files);
  try {
    return await trainer.profileData(studyOn(folder, config), NEVER);
  } finally {
    await remove();
  }
}

const module = (body: string): string =>
  `const n = Array.from({ length: 60 }, (_, i) => i); exports.loadData = () => { ${body} };`;

describe('data comes in several forms and means the same', () => {
  test('nested arrays, typed arrays with shapes, tensors, async: one hash', async () => {
    const forms = [
      module('return { inputs: n.map((i) => [i, i % 5]), targets: n.map((i) => i % 3) };'),
      module(
        'return { inputs: { values: Float32Array.from(n.flatMap((i) => [i, i % 5])), shape: ' +
          '[60, 2] }, targets: { values: Int32Array.from(n, (i) => i % 3), shape: [60] } };',
      ),
      module(
        `const tf = require('@tensorflow/tfjs'); return { inputs: tf.tensor(n.map((i) => [i, ` +
          'i % 5])), targets: tf.oneHot(n.map((i) => i % 3), 3) };',
      ),
      module(
        'return Promise.resolve({ inputs: n.map((i) => Float32Array.of(i, i % 5)), targets: ' +
          'Float32Array.from(n, (i) => i % 3), task: "classification" });',
      ),
      module(
        'return { inputs: n.map((i) => [i, i % 5]), targets: n.map((i) => ["x", "y", "z"][i ' +
          '% 3]) };',
      ),
    ];
    const profiles = await Promise.all(forms.map((form) => profileOf({ 'data.js': form })));
    for (const profile of profiles) assert.deepEqual(profile, profiles[0]);
    assert.deepEqual(profiles[0]?.rows, { train: 36, validation: 12, test: 12 });
    assert.deepEqual(profiles[0]?.inputShape, [2]);
    assert.equal(profiles[0]?.outputUnits, 3);
  });

  test(
    'tasks are told apart: real numbers and rare whole numbers are regression, a stated task ' +
      'decides',
    async () => {
      const regression = await profileOf({
        'data.js': module(
          'return { inputs: n.map((i) => [i]), targets: n.map((i) => [i * 1.5, -i]) };',
        ),
      });
      assert.deepEqual(
        {
          task: regression.task,
          outputUnits: regression.outputUnits,
          classShares: regression.classShares,
        },
        { task: 'regression', outputUnits: 2, classShares: [] },
      );
      const ages = await profileOf({
        'data.js': module('return { inputs: n.map((i) => [i]), targets: n.map((i) => i + 20) };'),
      });
      assert.equal(ages.task, 'regression');
      const stated = await profileOf({
        'data.js': module(
          'return { inputs: n.map((i) => [i]), targets: n.map((i) => i % 3), task: "regression" };',
        ),
      });
      assert.deepEqual(
        { task: stated.task, outputUnits: stated.outputUnits },
        { task: 'regression', outputUnits: 1 },
      );
    },
  );

  test('a CSV table with semicolons, quotes, a byte-order mark and class names', async () => {
    const text = `\uFEFF"width";"kind";"height"\r\n${Array.from({ length: 40 }, (_, i) => `${i}.5;"${i % 4 === 0 ? 'big; round' : 'small'}";${-i}`).join('\r\n')}\r\n`;
    const profile = await profileOf(
      { 't.csv': text },
      { data: { csv: 't.csv', target: 'kind', task: 'classification' } },
    );
    assert.deepEqual(profile.inputShape, [2]);
    assert.equal(profile.outputUnits, 2);
    assert.ok(Math.abs((profile.classShares[0] ?? 0) - 0.25) < 0.01);
  });

  test('Parquet, NPZ and a folder of images, read by a worker', async () => {
    const fixtures = join(import.meta.dirname, '../../fixtures/data');
    const profile = (data: object): Promise<DataProfile> =>
      trainer.profileData(studyOn(fixtures, { data }), NEVER);
    const table = await profile({
      parquet: 'zstd.parquet',
      target: 'kind',
      task: 'classification',
    });
    assert.deepEqual([table.inputShape, table.outputUnits], [[2], 2]);
    const arrays = await profile({ npz: 'parts.npz' });
    assert.deepEqual([arrays.task, arrays.rows.test], ['regression', 16]);
    const images = await profile({ images: 'images', inputShape: [8, 8, 1] });
    assert.deepEqual([images.inputShape, images.outputUnits], [[8, 8, 1], 2]);
  });

  test('the examples', async () => {
    const digits = await trainer.profileData(
      studyOn(exampleFolder('digits'), {
        data: { csv: 'digits.csv', target: 'label', task: 'classification', inputShape: [8, 8, 1] },
      }),
      NEVER,
    );
    assert.deepEqual(
      { inputShape: digits.inputShape, outputUnits: digits.outputUnits },
      { inputShape: [8, 8, 1], outputUnits: 10 },
    );
    assert.equal(digits.rows.train + digits.rows.validation + digits.rows.test, 1797);
  });

  test(
    'ready-made splits are used as they are; without a validation part the training part is ' +
      'split',
    async () => {
      const part =
        'const part = (from, to) => ({ inputs: n.slice(from, to).map((i) => [i]), targets: ' +
        'n.slice(from, to).map((i) => i / 7) });';
      const three = await profileOf({
        'data.js': module(
          `${part} return { train: part(0, 30), validation: part(30, 42), test: part(42, 60) };`,
        ),
      });
      assert.deepEqual(three.rows, { train: 30, validation: 12, test: 18 });
      const two = await profileOf({
        'data.js': module(`${part} return { train: part(0, 40), test: part(40, 60) };`),
      });
      assert.deepEqual(two.rows, { train: 32, validation: 8, test: 20 });
    },
  );

  for (const batched of [true, false]) {
    test(
      `tf.data datasets, ${batched ? 'batched' : 'not batched'}, train and are evaluated alike ` +
        'on every run',
      async () => {
        const data = `const tf = require('@tensorflow/tfjs');
        const row = (i) => ({ xs: [i % 3, (i % 7) / 7], ys: [0, 1, 2].map((c) => Number(c === i % 3)) });
        const part = (from, to) => tf.data.array(Array.from({ length: to - from }, (_, i) => row(from + i))).shuffle(20)${batched ? '.batch(10)' : ''};
        exports.loadData = () => ({ train: part(0, 90), validation: part(90, 120), test: part(120, 150) });`;
        const { folder, remove } = await makeFolder({ 'data.js': data });
        const study = studyOn(folder, { epochs: 8, batchSize: 10 });
        const profile = await trainer.profileData(study, NEVER);
        assert.deepEqual(
          {
            task: profile.task,
            inputShape: profile.inputShape,
            outputUnits: profile.outputUnits,
            train: profile.rows.train,
          },
          { task: 'classification', inputShape: [2], outputUnits: 3, train: 90 },
        );
        const run = async (evaluateOn: 'validation' | 'test'): Promise<unknown> => {
          const { trials } = await trainer.train({
            study,
            variant: variantOf(study, builderText()),
            seeds: [1, 2],
            evaluateOn,
            signal: NEVER,
            onProgress: () => undefined,
          });
          return trials.map((trial) =>
            trial.outcome === 'completed'
              ? [measured(trial, PART[evaluateOn]), trial.curves]
              : trial.failure,
          );
        };
        const first = await run('validation');
        assert.deepEqual(await run('validation'), first);
        assert.notDeepEqual(await run('test'), first);
        await remove();
      },
    );
  }

  test('a warm worker sees changed data: the module, what it imports, a file beside it', async () => {
    const { folder, remove } = await makeFolder({
      'data.js':
        `const rows = require('./rows.js'); const extra = ` +
        `Number(require('fs').readFileSync(__dirname + '/extra.txt', 'utf8')); ` +
        'exports.loadData = () => { const n = Array.from({ length: rows + extra }, (_, i) => ' +
        'i); return { inputs: n.map((i) => [i]), targets: n.map((i) => i / 3) }; };',
      'rows.js': 'module.exports = 20;',
      'extra.txt': '0',
    });
    const study = studyOn(folder, { split: { test: 0 } });
    const total = async (): Promise<number> => {
      const { rows } = await trainer.profileData(study, NEVER);
      return rows.train + rows.validation;
    };
    assert.equal(await total(), 20);
    await writeFile(join(folder, 'rows.js'), 'module.exports = 30;');
    assert.equal(await total(), 30);
    await writeFile(join(folder, 'extra.txt'), '5');
    assert.equal(await total(), 35);
    await remove();
  });
});

describe('the split', () => {
  test("keeps each class's share, and only the seed moves rows", async () => {
    const [same, again, other] = await Promise.all(
      [42, 42, 43].map((seed) => profileOf({ 'data.js': BLOBS_JS }, { split: { seed } })),
    );
    assert.deepEqual(same?.classShares, [1 / 3, 1 / 3, 1 / 3]);
    assert.equal(same?.hash, again?.hash);
    assert.notEqual(same?.hash, other?.hash);
  });

  test(
    'the test part is sealed: its values reach neither the hash nor a trial, only an unsealed ' +
      'evaluation',
    async () => {
      const { folder, remove } = await makeFolder({ 'data.js': '' });
      const study = studyOn(folder, { epochs: 2 });
      const write = (testTarget: number): Promise<void> =>
        writeFile(
          join(folder, 'data.js'),
          module(
            'const part = (from, to, add) => ({ inputs: n.slice(from, to).map((i) => [i / ' +
              '60]), targets: n.slice(from, to).map((i) => i / 60 + add) }); return { train: ' +
              `part(0, 36, 0), validation: part(36, 48, 0), test: part(48, 60, ${testTarget}) };`,
          ),
        );
      const text =
        `import * as tf from '@tensorflow/tfjs'; export const buildModel = ({ inputShape, ` +
        'outputUnits }: any) => tf.sequential({ layers: [tf.layers.dense({ units: outputUnits, ' +
        'inputShape })] });';
      const metric = async (evaluateOn: 'validation' | 'test'): Promise<unknown> => {
        const { trials, dataHash } = await trainer.train({
          study,
          variant: variantOf(study, text),
          seeds: [1],
          evaluateOn,
          signal: NEVER,
          onProgress: () => undefined,
        });
        return trials[0]?.outcome === 'completed'
          ? [measured(trials[0], PART[evaluateOn]), dataHash]
          : trials;
      };
      await write(0);
      const [validation, test0] = [await metric('validation'), await metric('test')];
      await write(100);
      assert.deepEqual(await metric('validation'), validation);
      const test100 = await metric('test');
      assert.ok(Array.isArray(test0) && Array.isArray(test100));
      assert.ok(
        (test100[0] as number) > 1_000 && (test0[0] as number) < 10,
        JSON.stringify([test0, test100]),
      );
      await remove();
    },
  );

  test('without a test part there is nothing to unseal', async () => {
    const { folder, remove } = await makeFolder({ 'data.js': BLOBS_JS });
    const study = studyOn(folder, { split: { test: 0 } });
    await assert.rejects(
      trainer.train({
        study,
        variant: variantOf(study, builderText()),
        seeds: [1],
        evaluateOn: 'test',
        signal: NEVER,
        onProgress: () => undefined,
      }),
      { code: 'data-no-test-part', kind: 'input' },
    );
    await remove();
  });
});
