import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressFigure } from '../../../src/show/documents/export/figures.ts';

type Row = Parameters<typeof progressFigure>[0][number];

const row = (
  number: number,
  verdict: Row['verdict'],
  mean: number,
  kind: Row['kind'] = 'change',
): Row => ({
  id: `a-${number}`,
  number,
  kind,
  verdict,
  verdictText: '',
  title: 'One',
  operator: kind === 'change' ? 'widen' : null,
  metric: { mean, sd: null, values: [mean] },
  measures: {},
  noiseFloor: null,
  effect: null,
  comparisons: [],
  parameters: 10,
  commit: '',
  parent: null,
  reasoning: '',
  proposer: null,
  repairs: 0,
  cost: null,
  warnings: [],
});

test('the best so far steps where an attempt was judged better, whatever lower numbers others had', () => {
  const svg = progressFigure(
    [
      row(0, 'baseline', 1, 'baseline'),
      row(1, 'inconclusive', 0.5),
      row(2, 'better', 0.8),
      row(3, 'baseline', 0.4, 'more-seeds'),
      row(4, 'worse', 1.2),
    ],
    { metric: 'val_loss', direction: 'minimize' },
  );
  const levels = [
    ...(/class="line" d="([^"]*)"/.exec(svg)?.[1] ?? '').matchAll(/[ML][\d.]+ ([\d.]+)/g),
  ].map(([, y]) => Number(y));
  const heightOf = (number: number): number =>
    Number(new RegExp(`cy="([\\d.]+)" r="4"><title>#${number} `).exec(svg)?.[1]);
  assert.deepEqual([...new Set(levels)], [heightOf(0), heightOf(2)]);
  assert.equal(levels.length, 9, 'and goes on to the last attempt');
});
