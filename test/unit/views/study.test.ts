import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  arrange,
  isFiltering,
  measureKey,
  measuresIn,
  noFilter,
} from '../../../src/show/views/rowFilter.ts';
import { bestSoFar, budgetOf, paretoFront } from '../../../src/show/views/studyFigures.ts';
import { calibration } from '../../../src/show/views/calibration.ts';
import { effectTable } from '../../../src/show/views/effectTable.ts';
import { studyRow, type StudyRow } from '../../../src/show/views/studyRow.ts';
import { sweptImportance } from '../../../src/show/views/sweptImportance.ts';
import { untriedCells } from '../../../src/show/views/untried.ts';
import { badgesOf, standingText } from '../../../src/hosts/webview/study/standingText.ts';
import { summaryOf } from './support.ts';

const minimize = { metric: 'val_loss', direction: 'minimize' } as const;
const rowOf = (number: number, parts: Parameters<typeof summaryOf>[1]): StudyRow =>
  studyRow(summaryOf(number, parts));

const rows: readonly StudyRow[] = [
  rowOf(0, { verdict: 'baseline', operator: null, mean: 1, parameters: 100 }),
  rowOf(1, {
    verdict: 'worse',
    mean: 0.5,
    parameters: 400,
    findings: ['overfitting'],
    effect: { observed: 0.2, predicted: -0.1 },
    spent: { seconds: 30, tokens: 10, usd: 0.01 },
  }),
  rowOf(2, {
    verdict: 'better',
    operator: 'l2',
    mean: 0.8,
    parameters: 200,
    findings: ['overfitting'],
    effect: { observed: -0.2, predicted: -0.1 },
    spent: { seconds: 90, tokens: 0, usd: 0 },
  }),
  rowOf(3, { verdict: 'crashed', operator: 'l2', parameters: null }),
  rowOf(4, { verdict: 'inconclusive', mean: 0.9, parameters: 300 }),
];

describe('the figures of a study', () => {
  test('count as best only what was judged better', () => {
    assert.deepEqual(bestSoFar(rows, minimize).mean, [1, 1, 0.8, 0.8, 0.8]);
    assert.deepEqual(bestSoFar([rowOf(0, { verdict: 'crashed' })], minimize).mean, [null]);
  });

  test('keep on the front what no other beats in both size and metric', () => {
    assert.deepEqual(
      paretoFront(rows, minimize).map(({ number }) => number),
      [0, 2, 1],
    );
    assert.deepEqual(
      paretoFront(rows, { metric: 'accuracy', direction: 'maximize' }).map(({ number }) => number),
      [0],
    );
  });

  test('hold effects by operator and finding; what cited nothing has a place of its own', () => {
    const { operators, findings, cell, whole, largest } = effectTable(rows, minimize);
    assert.deepEqual(
      { operators, findings },
      { operators: ['l2', 'widen'], findings: ['no finding', 'overfitting'] },
    );
    assert.deepEqual(cell('l2', 'overfitting'), { tries: 1, better: 1, effect: -0.2 });
    assert.deepEqual(cell('l2', 'no finding'), { tries: 1, better: 0, effect: null });
    assert.deepEqual(whole('l2'), { tries: 2, better: 1, effect: -0.2 });
    assert.equal(largest, 0.2);
  });

  test('put the operator first that helped most, and last what was never measured', () => {
    const upwards = { metric: 'accuracy', direction: 'maximize' } as const;
    assert.deepEqual(effectTable(rows, minimize).operators, ['l2', 'widen']);
    assert.deepEqual(effectTable(rows, upwards).operators, ['widen', 'l2']);
  });

  test('tell which number made the difference in a search, by its record alone', () => {
    const configurations = Array.from({ length: 24 }, (_, index) => ({
      values: {
        units: 8 * (1 + (index % 5)),
        rate: 10 ** -(1 + (index % 4)),
        kind: 'abc'[index % 3] ?? '',
      },
      results: [{ epochs: 4, seed: 1, measures: { val_loss: 1 + (index % 4) } }],
      failure: null,
    }));
    const [first, ...others] = sweptImportance(configurations, minimize);
    assert.equal(first?.name, 'rate');
    assert.ok(first.share > 0.9 && others.every(({ share }) => share < 0.1));
    assert.deepEqual(sweptImportance(configurations.slice(0, 11), minimize), []);
  });

  test('compare what was foretold with what came', () => {
    const { pairs, sameSign, meanError } = calibration(rows);
    assert.equal(pairs.length, 2);
    assert.equal(sameSign, 0.5);
    assert.ok(Math.abs((meanError ?? 0) - 0.2) < 1e-9);
    assert.equal(calibration([]).sameSign, null);
  });

  test('sum up what was spent, and count what is unknown', () => {
    assert.deepEqual(budgetOf(rows), {
      attempts: 5,
      trials: 4,
      failed: 1,
      seconds: 120,
      tokens: 10,
      usd: 0.01,
      unknown: 3,
    });
  });
});

describe('the rows of the table', () => {
  const none = new Set<string>();
  const numbers = (shown: readonly StudyRow[]): readonly number[] =>
    shown.map(({ number }) => number);

  test('are sorted by any column; what has no value stands last either way', () => {
    assert.deepEqual(
      numbers(arrange(rows, noFilter, { key: 'mean', descending: false }, none)),
      [1, 2, 4, 0, 3],
    );
    assert.deepEqual(
      numbers(arrange(rows, noFilter, { key: 'mean', descending: true }, none)),
      [0, 4, 2, 1, 3],
    );
  });

  test('are sorted by any measure; the names of all that were measured are known', () => {
    const measured = [
      rowOf(5, { measures: { val_accuracy: 0.5, loss: 1 } }),
      rowOf(6, { measures: { val_accuracy: 0.9 } }),
      rowOf(7, {}),
    ];
    assert.deepEqual(measuresIn(measured), ['loss', 'val_accuracy']);
    const order = { key: measureKey('val_accuracy'), descending: true };
    assert.deepEqual(numbers(arrange(measured, noFilter, order, none)), [6, 5, 7]);
  });

  test('are filtered by verdict, operator, and any words', () => {
    const order = { key: 'number', descending: false } as const;
    assert.deepEqual(numbers(arrange(rows, { ...noFilter, verdict: 'better' }, order, none)), [2]);
    assert.deepEqual(numbers(arrange(rows, { ...noFilter, operator: 'l2' }, order, none)), [2, 3]);
    assert.deepEqual(
      numbers(arrange(rows, { ...noFilter, text: ' OVERFIT' }, order, none)),
      [1, 2],
    );
    assert.deepEqual(numbers(arrange(rows, { ...noFilter, text: '#4' }, order, none)), [4]);
    assert.deepEqual(
      {
        none: isFiltering(noFilter),
        proposer: isFiltering({ ...noFilter, proposer: 'offline' }),
        starred: isFiltering({ ...noFilter, starred: true }),
      },
      { none: false, proposer: true, starred: true },
    );
  });

  test('are narrowed down to the starred ones', () => {
    const stars = new Set(rows.filter(({ number }) => number === 3).map(({ id }) => id));
    const order = { key: 'number', descending: false } as const;
    assert.deepEqual(numbers(arrange(rows, { ...noFilter, starred: true }, order, stars)), [3]);
    assert.deepEqual(numbers(arrange(rows, { ...noFilter, starred: true }, order, none)), []);
  });
});

test('what was never tried is told by its distance to what was', () => {
  const cells = untriedCells([[0.1, 0.5]], 4, 1);
  assert.deepEqual(
    cells.map(({ x }) => x),
    [0.25, 0.5, 0.75],
  );
  assert.equal(cells.at(-1)?.distance, 1);
  assert.ok((cells[0]?.distance ?? 1) < (cells[1]?.distance ?? 0));
  assert.deepEqual(untriedCells([], 4, 4), []);
});

test('which attempt is the best and which one the file holds is said, and marked', () => {
  const standing = { best: 'a-2', file: 'a-0', hasFile: true };
  assert.equal(standingText(standing, rows), 'Best: #2. Your file is #0.');
  assert.deepEqual(
    [...badgesOf(standing)],
    [
      ['a-0', 'your file'],
      ['a-2', 'best'],
    ],
  );
  assert.equal(
    standingText({ ...standing, file: null }, rows),
    'Best: #2. What stands in your file was not trained.',
  );
  assert.deepEqual([...badgesOf({ ...standing, best: 'a-0' })], [['a-0', 'best, your file']]);
  assert.equal(standingText({ ...standing, file: null, hasFile: false }, rows), 'Best: #2.');
  assert.equal(standingText(standing, []), '');
});
