import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { configJsonSchema } from '../../../src/study/configJsonSchema.ts';
import { parseConfig } from '../../../src/adapters/files/readConfig.ts';

function errorOf(text: string): CortexError {
  try {
    parseConfig(text, 'cortex.json');
  } catch (error) {
    if (error instanceof CortexError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: `${text} was accepted` });
}

describe('a study file', () => {
  test('may be empty: every key has a default', () => {
    const config = parseConfig('{}', 'cortex.json');
    assert.deepEqual(
      {
        epochs: config.epochs,
        batchSize: config.batchSize,
        seeds: config.seeds,
        objective: config.objective,
        split: config.split,
      },
      {
        epochs: 20,
        batchSize: 32,
        seeds: 3,
        objective: { metric: 'val_loss', direction: 'minimize' },
        split: { validation: 0.2, test: 0.2, seed: 42, folds: 1 },
      },
    );
  });

  test('may say how the lines of a log are read, by a regular expression that names a series', () => {
    const pattern = String.raw`#(?<epoch>\d+) (?<val_loss>[\d.]+)`;
    assert.equal(
      parseConfig(JSON.stringify({ logPattern: pattern }), 'cortex.json').logPattern,
      pattern,
    );
    for (const wrong of ['(', 'loss', '(?<epoch>1)']) {
      assert.throws(
        () => parseConfig(JSON.stringify({ logPattern: wrong }), 'cortex.json'),
        /logPattern.*regular expression with a named group/s,
      );
    }
  });

  test('may list objectives: what to optimise, what to hold, what to optimise next', () => {
    const objective = [
      { metric: 'val_loss', direction: 'minimize' },
      { metric: 'parameters', direction: 'minimize', limit: 50_000 },
      { metric: 'val_accuracy', direction: 'maximize', limit: 0.9 },
      { metric: 'seconds', direction: 'minimize', tolerance: 0.1 },
    ];
    const config = parseConfig(JSON.stringify({ objective }), 'cortex.json');
    assert.deepEqual(config.objective, objective);
    assert.deepEqual(parseConfig(JSON.stringify(config), 'cortex.json'), config);
  });

  test('may begin with a byte order mark', () =>
    assert.equal(parseConfig('\uFEFF{"epochs": 3}', 'cortex.json').epochs, 3));
});

const LOSS = '{"metric": "val_loss", "direction": "minimize"}';
const held = (direction: string, limit: number): string =>
  JSON.stringify({ metric: 'val_mae', direction, limit });

describe('an error names the key, what it got and what it expects', () => {
  const cases: readonly [string, RegExp, RegExp][] = [
    ['{"epochs": "twenty"}', /line 1: "epochs" is "twenty"/, /a number/],
    ['{\n  "epochs": 1.5\n}', /line 2: "epochs" is 1\.5/, /a whole number/],
    ['{"epochs": 0}', /"epochs" is 0/, />0/],
    ['{"epoch": 3}', /"epoch" is not a key .*Did you mean "epochs"\?/, /batchSize/],
    [
      '{"split": {"vaildation": 0.3}}',
      /"split\.vaildation" is not a key .*Did you mean "validation"\?/,
      /validation, test, seed/,
    ],
    ['{"split": {"validation": 0.8, "test": 0.5}}', /"split" is \{/, /leave rows for training/],
    ['{"objective": {"metric": "val_loss"}}', /"objective\.direction" is missing/, /minimize/],
    [
      '{"data": {"csv": "x.csv", "target": "y", "task": "clustering"}}',
      /"data\.task" is "clustering"/,
      /classification/,
    ],
    ['{"data": 5}', /"data" is 5/, /a string, or an object/],
    ['{"seeds": [1, "two"]}', /"seeds\[1\]" is "two"/, /number/],
    [
      `{"objective": [${LOSS}, {"metric": "parameters", "limit": 9}]}`,
      /"objective\[1\]\.direction" is missing/,
      /minimize/,
    ],
    [
      `{"objective": [{"metric": "val_loss", "direction": "minimize", "limit": 1}]}`,
      /"objective\[0\]\.limit" is not a key/,
      /one of metric, direction\./,
    ],
    [
      `{"objective": [${LOSS}, {"metric": "a", "direction": "minimize", "limt": 1}]}`,
      /"objective\[1\]\.limt" is not a key .*Did you mean "limit"\?/,
      /metric, direction, limit, tolerance/,
    ],
    [
      `{"objective": [${LOSS}, ${held('minimize', 3)}, ${held('maximize', 5)}]}`,
      /"objective\[2\]\.limit" is 5/,
      /limits that val_mae can keep: at least 5 and at most 3 cannot be/,
    ],
    [
      `{"objective": [${LOSS}, ${held('minimize', 3)}, ${held('minimize', 5)}]}`,
      /"objective\[2\]\.limit" is 5/,
      /one limit of this kind for val_mae; another is 3/,
    ],
    [
      `{"objective": [${LOSS}, {"metric": "val_loss", "direction": "maximize"}]}`,
      /"objective\[1\]\.metric" is "val_loss"/,
      /one direction for val_loss, which an earlier objective is to minimize/,
    ],
    ['[]', /the file is \[\]/, /an object/],
  ];
  for (const [text, happened, expected] of cases) {
    test(text.replaceAll('\n', ' '), () => {
      const error = errorOf(text);
      assert.equal(error.code, 'study-wrong-value');
      assert.match(error.happened, happened);
      assert.match(error.expected, expected);
    });
  }
});

describe('what is not JSON is refused with line and column', () => {
  for (const [text, place] of [
    ['{\n  "epochs": 3,\n}', 'line 3, column 1'],
    ['{"epochs": 3 "seeds": 2}', 'line 1, column 14'],
    ['{ // mine\n}', 'line 1, column 3'],
    ['', 'line 1, column 1'],
    ['{"epochs": 3', 'line 1, column 13'],
  ] as const) {
    test(JSON.stringify(text), () => {
      const error = errorOf(text);
      assert.equal(error.code, 'study-not-json');
      assert.ok(error.happened.includes(place), error.happened);
    });
  }
});

test('the committed JSON schema is the one the validator gives (node scripts/makeSchema.ts)', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../../media/cortex.schema.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(committed, JSON.parse(JSON.stringify(configJsonSchema())));
});

test(
  'the examples name no schema: it would be missing beside a copy of them, and the extension ' +
    'brings it',
  () => {
    for (const name of ['digits', 'diabetes']) {
      const text = readFileSync(
        new URL(`../../../examples/${name}/cortex.json`, import.meta.url),
        'utf8',
      );
      const { model, $schema } = parseConfig(text, 'cortex.json');
      assert.deepEqual({ model, $schema }, { model: 'model.ts', $schema: undefined });
    }
  },
);
