import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arrangeAttempts, type ArrangeContext } from '../../../src/show/arrange/arrangeAttempts.ts';
import {
  PLAIN_ARRANGEMENT,
  sortKeys,
  type Arrangement,
  type Mark,
} from '../../../src/show/arrange/arrangement.ts';
import { filterText } from '../../../src/show/arrange/filter.ts';
import { parseFilter, unknownVerdicts } from '../../../src/show/arrange/parseFilter.ts';
import { groupName } from '../../../src/show/arrange/groupName.ts';
import { formatMark, parseMark } from '../../../src/show/arrange/markText.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';

const attempt = (
  number: number,
  change: Partial<AttemptSummary> & { mean?: number | null } = {},
): AttemptSummary => {
  const { mean = 1 / (number + 1), ...rest } = change;
  return {
    id: `digits-${number}`,
    number,
    study: 'digits',
    kind: number === 0 ? 'baseline' : 'change',
    verdict: 'worse',
    failure: null,
    title: `change ${number}`,
    operator: 'dropout',
    family: null,
    proposer: 'offline',
    mismatches: 0,
    metric: mean === null ? null : { mean, sd: null, values: [mean] },
    effect: { observed: null, predicted: null },
    parameters: 100 * number,
    fingerprint: null,
    parents: number === 0 ? [] : ['digits-0'],
    sourceHash: '',
    dataHash: null,
    configHash: '',
    commit: 'c0ffee',
    finishedAt: number * 1000,
    ...rest,
  };
};

const history = [
  attempt(0, { verdict: 'baseline', operator: null, proposer: null, title: 'Baseline', mean: 0.5 }),
  attempt(1, {
    verdict: 'better',
    title: 'batch norm after each dense',
    operator: 'batch-normalization',
    mean: 0.3,
    effect: { observed: -0.2, predicted: null },
  }),
  attempt(2, {
    verdict: 'crashed',
    mean: null,
    parameters: null,
    proposer: 'openai:gpt-5-mini',
    parents: ['digits-1'],
  }),
  attempt(3, {
    verdict: 'worse',
    mean: 0.6,
    effect: { observed: 0.3, predicted: null },
    parents: ['digits-2'],
    title: 'Dropout 0.5',
  }),
  attempt(10, {
    verdict: 'better',
    mean: 0.2,
    effect: { observed: -0.1, predicted: null },
    parents: ['digits-1'],
  }),
];
const context: ArrangeContext = {
  objective: { direction: 'minimize' },
  marks: new Map<string, Mark>([['digits-3', { starred: true, note: 'try again with BatchNorm' }]]),
};
const shown = (change: Partial<Arrangement>, given: ArrangeContext = context): number[] =>
  arrangeAttempts(history, { ...PLAIN_ARRANGEMENT, ...change }, given).attempts.map(
    ({ number }) => number,
  );
const sorted = (key: Arrangement['sort']['key'], reversed = false, given = context): number[] =>
  shown({ sort: { key, reversed } }, given);
const filtered = (line: string): number[] => shown({ filter: parseFilter(line) });

describe('attempts are arranged', () => {
  test('sorted: best, newest, smallest first; what has no value comes last either way', () => {
    assert.deepEqual(shown({}), [10, 3, 2, 1, 0]);
    assert.deepEqual(
      { asIs: sorted('metric'), reversed: sorted('metric', true) },
      { asIs: [10, 1, 0, 3, 2], reversed: [3, 0, 1, 10, 2] },
    );
    assert.deepEqual(
      sorted('metric', false, { ...context, objective: { direction: 'maximize' } }),
      [3, 0, 1, 10, 2],
    );
    assert.deepEqual(
      {
        sortedOfEffect: sorted('effect'),
        sortedOfParameters: sorted('parameters'),
        sortedOfTime: sorted('time'),
      },
      {
        sortedOfEffect: [1, 10, 3, 2, 0],
        sortedOfParameters: [0, 1, 3, 10, 2],
        sortedOfTime: [10, 3, 2, 1, 0],
      },
    );
    assert.deepEqual(sorted('name'), [0, 1, 2, 10, 3]);
  });

  test('filtered by verdict, operator, proposer, star and words, all at once', () => {
    assert.deepEqual(filtered('verdict:better,crashed'), [10, 2, 1]);
    assert.deepEqual(filtered('operator:batch-normalization'), [1]);
    assert.deepEqual(
      {
        kind: filtered('proposer:openai'),
        model: filtered('proposer:openai:gpt-5-mini'),
        part: filtered('proposer:open'),
      },
      { kind: [2], model: [2], part: [] },
    );
    assert.deepEqual(
      {
        starred: filtered('starred'),
        word: filtered('BATCHNORM'),
        number: filtered('#10'),
        words: filtered('batch dense'),
      },
      { starred: [3], word: [3], number: [10], words: [1] },
    );
    assert.deepEqual(filtered('verdict:worse starred drop'), [3]);
    assert.deepEqual(filtered(''), [10, 3, 2, 1, 0]);
  });

  test('a filter is one line that people can write, and what says nothing known is looked for', () => {
    const line = 'verdict:better,worse operator:dropout proposer:offline starred batch norm';
    assert.equal(filterText(parseFilter(line)), line);
    assert.equal(parseFilter('verdict:bad  x').text, 'verdict:bad x');
  });

  test('a verdict that is none is told, whatever stands beside it', () => {
    assert.deepEqual(unknownVerdicts('drop verdict:better,nope,  verdict:bad operator:nope'), [
      'nope',
      'bad',
    ]);
    assert.deepEqual(
      ['', 'verdict:', 'verdict:better,worse', 'nope verdicts:nope'].flatMap(unknownVerdicts),
      [],
    );
  });

  test('grouped by operator, by proposer, and as the tree of what came from what', () => {
    const groups = (group: Arrangement['group'], line = '') =>
      arrangeAttempts(
        history,
        { ...PLAIN_ARRANGEMENT, group, filter: parseFilter(line) },
        context,
      ).groups?.map(({ key, attempts }) => [key, attempts.map(({ number }) => number)]);
    assert.deepEqual(groups('operator'), [
      ['dropout', [10, 3, 2]],
      ['batch-normalization', [1]],
      ['', [0]],
    ]);
    assert.deepEqual(groups('proposer'), [
      ['offline', [10, 3, 1]],
      ['openai:gpt-5-mini', [2]],
      ['', [0]],
    ]);
    assert.deepEqual(groups('parent'), [
      ['digits-1', [10, 2]],
      ['digits-2', [3]],
      ['digits-0', [1]],
      ['', [0]],
    ]);
    assert.deepEqual(
      groups('parent', 'verdict:better,worse'),
      [
        ['digits-1', [10, 3]],
        ['', [1]],
      ],
      'what was filtered out hands its children on',
    );
    assert.equal(groups('none'), undefined);
    assert.deepEqual(
      {
        groupNameOfParent: groupName('parent', 'digits-1', history),
        groupNameOfOperator: groupName('operator', '', history),
      },
      {
        groupNameOfParent: 'from #1 batch norm after each dense',
        groupNameOfOperator: 'no operator',
      },
    );
  });

  test('a line of parents that runs in a circle ends', () => {
    const circle = [
      attempt(1, { parents: ['digits-2'] }),
      attempt(2, { parents: ['digits-1'], title: 'hidden' }),
    ];
    assert.deepEqual(
      arrangeAttempts(
        circle,
        { ...PLAIN_ARRANGEMENT, group: 'parent', filter: parseFilter('change') },
        context,
      ).groups?.map(({ key }) => key),
      [''],
    );
  });

  test('10,000 attempts are filtered, sorted and grouped in 50 ms', () => {
    const many = Array.from({ length: 10_000 }, (_, number) =>
      attempt(number, {
        title: `change ${(number * 7919) % 10_000}`,
        mean: Math.sin(number),
        parents: number === 0 ? [] : [`digits-${number >> 1}`],
      }),
    );
    for (const key of sortKeys) {
      for (const group of ['none', 'parent', 'operator'] as const) {
        const arrangement: Arrangement = {
          sort: { key, reversed: false },
          filter: parseFilter('verdict:worse change'),
          group,
        };
        const times = [1, 2, 3, 4].map(() => {
          // Processor time: other programs on the machine are not ours to measure.
          const start = process.cpuUsage();
          assert.equal(arrangeAttempts(many, arrangement, context).attempts.length, 10_000);
          return process.cpuUsage(start).user / 1000;
        });
        assert.ok(
          Math.min(...times) <= 50,
          `${key}, ${group}: ${times.map((time) => time.toFixed(0)).join(', ')} ms`,
        );
      }
    }
  });
});

test('a mark is a note that reads well in git log', () => {
  for (const mark of [
    { starred: true, note: '' },
    { starred: true, note: 'two\nlines' },
    { starred: false, note: 'mine' },
  ])
    assert.deepEqual(parseMark(formatMark(mark)), mark);
  assert.equal(formatMark({ starred: false, note: ' ' }), '');
  assert.deepEqual(parseMark('★ not a star of ours\n'), {
    starred: false,
    note: '★ not a star of ours',
  });
});
