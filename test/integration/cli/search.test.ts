import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, digitsCopy, git, type Run } from './cortex.ts';

describe('a search of the digits example', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  let run: Run;
  let statusBefore: string;

  before(async () => {
    copy = await digitsCopy();
    statusBefore = await git(copy.folder, 'status', '--porcelain=v2', '--branch');
    run = await cortex(copy.folder, 'search', 'model.ts', '--trials', '8', '--json');
  });
  after(() => copy.remove());

  const report = () => documents.search.parse(JSON.parse(run.stdout));

  test('tries what it was asked to, and tells it in one document', () => {
    assert.equal(run.code, 0, run.stderr);
    const { tried, sweep, start, bestRun, stopped } = report();
    assert.equal(tried, 8);
    assert.equal(sweep.kind, 'sweep');
    assert.equal(start?.text, '');
    assert.ok((bestRun?.value ?? Infinity) <= start.value);
    assert.equal(stopped, '8 configurations tried');
  });

  test('finds a better model, proven on seeds that chose nothing', () => {
    const { winner, attempts, best } = report();
    const raced = attempts.find(({ id }) => id === winner);
    assert.equal(raced?.verdict, 'better');
    assert.equal(raced.operator, 'search');
    assert.ok(raced.effect?.interval && raced.effect.interval[1] < 0);
    assert.ok(best.metric);
  });

  test('is one commit with every configuration, and leaves the user’s files alone', async () => {
    const { sweep } = report();
    const record = JSON.parse(
      await git(copy.folder, 'show', `${sweep.commit}:.cortex/attempt.json`),
    ) as { configurations: unknown[] };
    assert.equal(record.configurations.length, 8);
    assert.equal(await git(copy.folder, 'status', '--porcelain=v2', '--branch'), statusBefore);
  });

  test('objectives that contradict each other are refused in words', async () => {
    const refused = await cortex(
      copy.folder,
      ...['search', 'model.ts', '--trials', '2'],
      ...['--objective', 'val_loss, parameters <= 10, parameters >= 20'],
    );
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /cannot be read/);
  });
});
