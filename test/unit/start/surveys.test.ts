import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { surveyImages } from '../../../src/propose/start/surveyImages.ts';
import { surveyTable } from '../../../src/propose/start/surveyTable.ts';
import { surveyText } from '../../../src/propose/start/surveyText.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { days, houses, pictures, randomFrom, sentences, story, table } from './samples.ts';

const useOf = (survey: ReturnType<typeof surveyTable>): Record<string, string> =>
  Object.fromEntries(survey.columns.map(({ name, use, why }) => [name, why ?? use]));

describe('a table', () => {
  test('columns are read as what they hold; what gives the answer away is left out', () => {
    const survey = surveyTable(houses(), {});
    assert.equal(survey.target.name, 'price');
    assert.equal(survey.task, 'regression');
    assert.deepEqual(useOf(survey), {
      id: 'it numbers the rows',
      area: 'number',
      rooms: 'number',
      city: 'category',
      built: 'date',
      unit: 'it has the same value in every row',
      'in dollars': 'it is "price" in another unit',
    });
    assert.match(survey.notes.map(({ text }) => text).join('\n'), /"rooms" \(12 %\)/);
  });

  test('rows whose order is time are a series with its season as window', () => {
    const survey = surveyTable(days(), {});
    assert.equal(survey.target.name, 'sold');
    assert.equal(survey.task, 'forecast');
    assert.deepEqual(survey.structure, { kind: 'series', window: 8 });
  });

  test('numbers whose neighbours are alike in both directions are a picture', () => {
    const survey = surveyTable(pictures(), {});
    assert.deepEqual(survey.structure, { kind: 'image', shape: [8, 8, 1] });
    assert.deepEqual(
      survey.classes.map(({ name, count }) => [name, count]),
      [
        ['left', 60],
        ['top', 60],
      ],
    );
  });

  test('numbers whose neighbours are alike in one direction are a sequence', () => {
    const random = randomFrom(13);
    const rows = Array.from({ length: 80 }, (_, row) => [
      ...Array.from({ length: 24 }, (_, at) =>
        (Math.sin(at / (row % 2 === 0 ? 3 : 6) + row) + 0.05 * random()).toFixed(4),
      ),
      String(row % 2),
    ]);
    const survey = surveyTable(table([...Array(24).keys(), 'y'].map(String), rows), {});
    assert.deepEqual(survey.structure, { kind: 'sequence', steps: 24 });
    assert.equal(survey.task, 'classification');
  });

  test('sentences are read word by word', () => {
    const survey = surveyTable(sentences(), {});
    assert.deepEqual(survey.structure, { kind: 'words', column: 'said', length: 6 });
    assert.equal(survey.target.name, 'class');
  });

  test('repeated rows, rare classes and a column that names the class are told', () => {
    const rows = Array.from({ length: 100 }, (_, row) => [
      String(row % 40),
      row % 40 === 0 ? 'x' : 'y',
      row % 40 === 0 ? 'rare' : 'usual',
    ]);
    const survey = surveyTable(table(['a', 'code', 'label'], rows), {});
    const told = survey.notes.map(({ text }) => text).join('\n');
    assert.equal(survey.repeated, 60);
    assert.match(told, /60 of 100 rows repeat another one/);
    assert.match(told, /Column "code" is left out: it names "label" in other words/);
    assert.match(told, /Class "rare" is 3 % of the rows/);
  });

  test('a target that is asked for goes before one that is called so', () => {
    assert.equal(surveyTable(houses(), { target: 'area' }).target.name, 'area');
  });
});

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof CortexError) return `${error.code}: ${error.happened} ${error.expected}`;
    throw error;
  }
  return 'nothing was refused';
};

describe('what nothing can be learned from is refused in words', () => {
  const numbers = Array.from({ length: 30 }, (_, row) => [`name of row ${row}`, String(row)]);

  test('one row', () => {
    assert.match(
      refusal(() => surveyTable(table(['a', 'y'], [['1', '2']]), {})),
      /new-too-few-rows: .* has 1 row that can be used\. at least ten rows/,
    );
  });

  test('a target that is no column', () => {
    assert.match(
      refusal(() => surveyTable(houses(), { target: 'prize' })),
      /new-target-missing: .* has no column "prize"\. one of its columns: id, area/,
    );
  });

  test('a target with one value', () => {
    assert.match(
      refusal(() => surveyTable(houses(), { target: 'unit' })),
      /new-target-unfit: .*"unit".*it has the same value in every row/,
    );
  });

  test('a target of texts that never repeat', () => {
    assert.match(
      refusal(() =>
        surveyTable(
          table(
            ['x', 'y'],
            numbers.map(([a = '', b = '']) => [b, a]),
          ),
          {},
        ),
      ),
      /new-target-unfit: .*30 different texts in 30 rows are no classes/,
    );
  });

  test('columns of texts that never repeat', () => {
    const rows = Array.from({ length: 40 }, (_, row) => [
      `k${row * 7919}`,
      `z${row}`,
      `c${row % 2}`,
    ]);
    assert.match(
      refusal(() => surveyTable(table(['a', 'b', 'class'], rows), {})),
      /new-no-inputs: .*"a": its 40 different texts hardly ever repeat/,
    );
  });

  test('a task that does not go with the data', () => {
    assert.match(
      refusal(() => surveyTable(houses(), { task: 'words' })),
      /new-task-unfit: --task words does not go with a table\. one of: classification/,
    );
    assert.match(
      refusal(() => surveyText(story(), { task: 'forecast' })),
      /new-task-unfit: .* a text\. one of: characters, words/,
    );
  });

  test('a short text', () => {
    assert.match(
      refusal(() => surveyText({ ...story(), text: 'Short.' }, {})),
      /new-text-too-short: .* holds 6 characters\. at least 1,000/,
    );
  });

  test('images of one class', () => {
    const sample = {
      kind: 'images',
      path: '/photos',
      bytes: 1,
      isWhole: true,
      images: [],
      unread: [],
      classes: [{ name: 'cat', count: 20 }],
    } as const;
    assert.match(
      refusal(() => surveyImages(sample, {})),
      /new-one-class: .* images of one class: cat\. a folder for each class/,
    );
  });
});

describe('a text', () => {
  test('its characters are counted, the commonest first, and one stands for all others', () => {
    const survey = surveyText(story(), {});
    assert.equal(survey.vocabulary[0], '\uFFFD');
    assert.equal(survey.vocabulary[1], ' ');
    assert.equal(survey.window, 32);
  });

  test('its words, where they are asked for', () => {
    const survey = surveyText(story(), { task: 'words' });
    assert.equal(survey.vocabulary[1], 'the');
    assert.equal(survey.length, 1500);
  });
});
