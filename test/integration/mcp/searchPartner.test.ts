import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { digitsCopy } from '../cli/cortex.ts';
import { openAiServer } from '../llm/openAiServer.ts';
import { connect } from './connect.ts';

test('a language model takes part in a search that an agent asks for', async (t) => {
  const { folder, remove } = await digitsCopy();
  t.after(remove);
  const model = join(folder, 'model.ts');
  const text = await readFile(model, 'utf8');
  await writeFile(model, text.replace('adam(0.001),', 'adam(0.001), // cortex: 1e-5..0.1 log'));
  const study = join(folder, 'cortex.json');
  const config = await readFile(study, 'utf8');
  await writeFile(study, config.replace(/"epochs": \d+/, '"epochs": 2'));
  const server = await openAiServer(({ path }) =>
    path.endsWith('/responses')
      ? { kind: 'status', status: 404, message: 'no such route' }
      : { kind: 'answer', text: JSON.stringify({ points: [{ values: { adam: 0.0123 } }] }) },
  );
  t.after(() => server.close());
  const words = ['--base-url', server.baseUrl, '--model', 'scripted'];
  const client = await connect(folder, { words });
  t.after(() => client.close());
  const answer = await client.callTool({
    name: 'search',
    arguments: { model: 'model.ts', tune: true, trials: 2, confirm: true },
  });
  const { sweep, tried } = documents.search.parse(answer.structuredContent);
  assert.equal(tried, 2);
  assert.deepEqual(sweep.cost, { inputTokens: 1000, outputTokens: 200, usd: null });
  assert.match(server.received.at(-1)?.text ?? '', /- adam: \S+ to 0\.1, by its logarithm/);
});
