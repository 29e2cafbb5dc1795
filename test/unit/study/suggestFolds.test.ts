import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { suggestFolds } from '../../../src/study/suggestFolds.ts';

const profile = (rows: DataProfile['rows'], change: Partial<DataProfile> = {}): DataProfile => ({
  task: 'regression',
  inputShape: [4],
  outputUnits: 1,
  rows,
  classShares: [],
  hash: 'd',
  foldable: true,
  ...change,
});

const small = profile({ train: 90, validation: 30, test: 30 });

test('small data gets the line to write, which keeps what the study says of its split', () => {
  const usual = suggestFolds(small, studyConfigSchema.parse({}));
  assert.equal(
    usual,
    'The data has 150 rows: a change is measured on 30 of them, which may be luck. In folds ' +
      'it is measured on 120, and a trial trains 5 models. For that write "split": { "folds": ' +
      '5 } in cortex.json; it begins with a new baseline.',
  );
  const own = suggestFolds(small, studyConfigSchema.parse({ split: { test: 0.1, seed: 7 } }));
  const line = /"split": \{.*?\}/.exec(own ?? '')?.[0];
  assert.deepEqual(studyConfigSchema.parse(JSON.parse(`{${line ?? ''}}`)).split, {
    validation: 0.2,
    test: 0.1,
    seed: 7,
    folds: 5,
  });
});

test('nothing is suggested for 500 rows, for parts of the data’s own, or where it is done already', () => {
  const config = studyConfigSchema.parse({});
  assert.equal(suggestFolds(profile({ train: 300, validation: 100, test: 100 }), config), null);
  assert.notEqual(suggestFolds(profile({ train: 299, validation: 100, test: 100 }), config), null);
  assert.equal(suggestFolds(profile(small.rows, { foldable: undefined }), config), null);
  assert.equal(suggestFolds(small, studyConfigSchema.parse({ split: { folds: 3 } })), null);
});
