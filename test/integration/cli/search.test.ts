import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { attemptSchema } from '../../../src/record/attempt.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { openAiServer } from '../llm/openAiServer.ts';
import { cortexWith } from '../llm/scriptedStudy.ts';
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

  test('a language model takes part: its point is trained, its tokens are counted', async () => {
    const model = join(copy.folder, 'model.ts');
    const text = await readFile(model, 'utf8');
    const marked = 'adam(0.001), // cortex: 1e-5..0.1 log';
    await writeFile(model, text.replace('adam(0.001),', marked));
    const server = await openAiServer(({ path }) =>
      path.endsWith('/responses')
        ? { kind: 'status', status: 404, message: 'no such route' }
        : { kind: 'answer', text: JSON.stringify({ points: [{ values: { adam: 0.0000123 } }] }) },
    );
    const asked = await cortexWith(
      copy.folder,
      server.baseUrl,
      ...['search', 'model.ts', '--tune', '--trials', '2', '--workers', '1', '--json'],
    ).finally(() => server.close());
    assert.equal(asked.code, 0, asked.stderr);
    const { sweep } = documents.search.parse(JSON.parse(asked.stdout));
    const record = attemptSchema.parse(
      JSON.parse(await git(copy.folder, 'show', `${sweep.commit}:.cortex/attempt.json`)),
    );
    assert.ok(record.kind === 'sweep');
    const [, second] = record.configurations;
    assert.equal(second?.by, 'openai:scripted');
    assert.deepEqual(second.values, { adam: 0.000012 }, 'as a number is written in a file');
    assert.ok(second.results.length > 0, 'it was trained');
    assert.equal(record.exchanges?.length, 1);
    assert.deepEqual(sweep.cost, { inputTokens: 1000, outputTokens: 200, usd: null });
    assert.match(asked.stderr, /openai:scripted takes part: it suggests at most 30 %/);
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
