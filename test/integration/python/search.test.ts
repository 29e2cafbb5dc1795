import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, git, root } from '../cli/cortex.ts';
import { connect } from '../mcp/connect.ts';
import { makeFolder } from '../trainer/harness.ts';
import { BLOBS_PY, kerasText, testPython } from './pythonStudies.ts';

type Place = Awaited<ReturnType<typeof makeFolder>>;

async function repositoryWith(files: Readonly<Record<string, string>>): Promise<Place> {
  const place = await makeFolder(files);
  await git(place.folder, 'init', '--quiet');
  return place;
}

/** What a configuration of the record changed, by name. */
async function sweptIn(folder: string, commit: string) {
  const text = await git(folder, 'show', `${commit}:.cortex/attempt.json`);
  return (JSON.parse(text) as { configurations: { values: Record<string, unknown> }[] })
    .configurations;
}

describe('a search of a Keras builder', () => {
  let place: Place;
  before(async () => {
    process.env['KERAS_BACKEND'] = 'jax';
    const config = { data: 'data.py', epochs: 5, seeds: 2 };
    place = await repositoryWith({
      'model.py': kerasText(),
      'data.py': BLOBS_PY,
      'cortex.json': JSON.stringify(config),
    });
  });
  after(() => place.remove());

  test('tries structure and numbers, and proposes a diff of the Python file', async () => {
    const words = ['search', 'model.py', '--trials', '2', '--python', testPython(), '--json'];
    const { stdout, stderr, code } = await cortex(place.folder, ...words);
    assert.equal(code, 0, stderr);
    const { tried, failed, unfit, sweep, bestRun, start, attempts } = documents.search.parse(
      JSON.parse(stdout),
    );
    assert.deepEqual([tried, failed, unfit], [2, 0, 0]);
    assert.ok((bestRun?.value ?? Infinity) <= (start?.value ?? -Infinity));
    const raced = attempts.find(({ operator }) => operator === 'search');
    assert.ok(raced, 'what was best was raced on new seeds');
    const proposed = await git(place.folder, 'show', `${raced.commit}:model.py`);
    assert.match(proposed, /keras\.optimizers\.Adam\(0\.04\)/);
    const configurations = await sweptIn(place.folder, sweep.commit);
    assert.ok(configurations.every(({ values }) => 'learning rate' in values));
    assert.ok(configurations.every(({ values }) => 'batch size' in values));
    assert.equal(await readFile(join(place.folder, 'model.py'), 'utf8'), kerasText());
  });
});

describe('a search of a PyTorch script with a loop of its own, asked for by an agent', () => {
  let place: Place;
  let text: string;
  before(async () => {
    text = await readFile(join(root, 'test', 'projects', 'torch-script', 'train.py'), 'utf8');
    place = await repositoryWith({ 'train.py': text });
  });
  after(() => place.remove());

  test('learns what is trained from the script, searches, and leaves it as it was', async () => {
    const client = await connect(place.folder, { words: ['--python', testPython()] });
    try {
      const heard: string[] = [];
      const answer = (await client.callTool(
        { name: 'search', arguments: { model: 'train.py', trials: 3, confirm: true } },
        undefined,
        { timeout: 600_000, onprogress: ({ message = '' }) => void heard.push(message) },
      )) as CallToolResult;
      const { tried, failed, winner, best } = documents.search.parse(answer.structuredContent);
      assert.deepEqual([tried, failed], [3, 0], JSON.stringify(answer.content));
      assert.ok(heard.some((line) => line.startsWith('Learned from one run of')));
      assert.equal(best.id, winner, 'a higher learning rate is well ahead in six epochs');
      assert.match(await git(place.folder, 'show', `${best.commit}:train.py`), /lr=0\.2\b/);
      assert.equal(await readFile(join(place.folder, 'train.py'), 'utf8'), text);
    } finally {
      await client.close();
    }
  });
});
