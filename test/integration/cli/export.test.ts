import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Attempt } from '../../../src/record/attempt.ts';
import { metricOf } from '../../../src/record/measures.ts';
import { openStudy } from '../../../src/adapters/files/openStudy.ts';
import { createStore } from '../../support/attemptStore.ts';
import { attempt, baselineAttempt, MODEL } from '../git/helpers.ts';
import { cortex, digitsCopy } from './cortex.ts';

const HOSTILE = '<img src=x onerror="alert(1)">';
const FORMULA = '=HYPERLINK("http://example.org";"look")';

describe('a history for others', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  let attempts: readonly Attempt[];

  before(async () => {
    copy = await digitsCopy();
    attempts = await recordStudy(copy.folder);
  });
  after(() => copy.remove());

  test('CSV parses back to the numbers of the records, and no cell is a formula', async () => {
    const { code, stdout } = await cortex(copy.folder, 'history', 'model.ts', '--csv');
    const rows = parse<Record<string, string>>(stdout, { columns: true });
    assert.equal(code, 0);
    assert.deepEqual(
      rows.map(numbersOf),
      attempts.map((each) => {
        const metric = metricOf(each.trials, 'val_loss');
        return {
          number: each.number,
          values: metric?.values,
          mean: metric?.mean,
          sd: metric?.sd,
          parameters: each.parameters,
          id: each.id,
        };
      }),
    );
    assert.equal(rows[1]?.['title'], HOSTILE);
    assert.equal(rows[2]?.['title'], `'${FORMULA}`);
    for (const cell of rows.flatMap((row) =>
      Object.entries(row).flatMap(([key, value]) => (NUMERIC.has(key) ? [] : [value])),
    ))
      assert.doesNotMatch(cell, /^[=+@\t\r-]/);
  });

  test('HTML asks for nothing from outside, runs nothing, and shows its figures by itself', async () => {
    const { code, stdout } = await cortex(copy.folder, 'history', 'model.ts', '--html');
    assert.equal(code, 0);
    assert.equal(stdout.match(/<svg /g)?.length, 2);
    assert.match(stdout, /<circle class="dot better"/);
    assert.doesNotMatch(stdout, /<(?:script|img|link|iframe|object|embed|base)\b/i);
    assert.doesNotMatch(stdout, /\s(?:src|href|srcset|action|on\w+)\s*=\s*"|url\(|@import/i);
    assert.ok(stdout.includes('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'));
    assert.match(
      stdout,
      /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/,
    );
  });

  test('what is filtered away is not exported', async () => {
    const { stdout } = await cortex(
      copy.folder,
      'history',
      'model.ts',
      '--csv',
      '--filter',
      'verdict:worse',
    );
    assert.deepEqual(
      parse<Record<string, string>>(stdout, { columns: true }).map(({ number }) => number),
      ['2'],
    );
  });

  test('a filter by a verdict that is none is refused, and names those there are', async () => {
    const { code, stdout, stderr } = await cortex(
      copy.folder,
      'history',
      'model.ts',
      '--filter',
      'verdict:worse,nope',
    );
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, /none: nope\.[^]*better, worse, inconclusive/);
  });
});

const NUMERIC = new Set([
  'mean',
  'sd',
  'seeds',
  'values',
  'effect',
  'effect_low',
  'effect_high',
  'parameters',
  'number',
]);

const numbersOf = ({
  number,
  values,
  mean,
  sd,
  parameters,
  id,
}: Record<string, string>): object => ({
  number: Number(number),
  values: values?.split(' ').map(Number),
  mean: Number(mean),
  sd: Number(sd),
  parameters: Number(parameters),
  id,
});

/** A baseline, a better attempt whose title is a tag, and a worse one whose title is a formula. */
async function recordStudy(folder: string): Promise<readonly Attempt[]> {
  const study = await openStudy(join(folder, 'model.ts'));
  const store = createStore();
  const own = { study: study.name, config: study.config };
  const baseline = baselineAttempt(0, own);
  const titled = (
    number: number,
    title: string,
    verdict: Pick<Attempt, 'verdict'> | object = {},
  ): Attempt => {
    const plain = attempt(number, { ...own, parents: [baseline.id], ...verdict });
    return {
      ...plain,
      proposal: {
        ...plain.proposal,
        title,
        reasoning: `${title} because of @SUM(1)`,
      },
    };
  };
  const attempts = [
    baseline,
    titled(1, HOSTILE),
    titled(2, FORMULA, { verdict: { kind: 'worse', text: '-Worse.', comparisons: [] } }),
  ];
  for (const each of attempts) await store.record(study, each, MODEL);
  return attempts;
}
