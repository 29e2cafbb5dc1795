import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  ElicitRequestSchema,
  type CallToolResult,
  type Progress,
} from '@modelcontextprotocol/sdk/types.js';
import { documents } from '../../../src/show/documents/contract.ts';
import { until } from '../../until.ts';
import { digitsCopy, git } from '../cli/cortex.ts';
import { connect } from './connect.ts';

const call = async (
  client: Client,
  name: string,
  input: Record<string, unknown>,
): Promise<CallToolResult> => (await client.callTool({ name, arguments: input })) as CallToolResult;

const textOf = ({ content: [first] }: CallToolResult): string =>
  first?.type === 'text' ? first.text : '';

const setEpochs = async (folder: string, epochs: number): Promise<void> => {
  const file = join(folder, 'cortex.json');
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(/"epochs": \d+/, `"epochs": ${epochs}`),
  );
};

const draftRefs = (folder: string): Promise<string> =>
  git(folder, 'for-each-ref', 'refs/cortex/drafts');

describe('cortex mcp, asked by the official client over stdio', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  let client: Client;
  before(async () => {
    copy = await digitsCopy();
    await setEpochs(copy.folder, 2);
    client = await connect(copy.folder);
  });
  after(async () => {
    await client.close();
    await copy.remove();
  });

  test('lists seven tools with schemas both ways, and says which of them train', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['propose', 'train', 'search', 'history', 'diagnose', 'export', 'compress'],
    );
    assert.deepEqual(
      tools.filter(({ annotations }) => annotations?.readOnlyHint !== true).map(({ name }) => name),
      ['train', 'search', 'export', 'compress'],
    );
    assert.ok(
      'confirm' in (tools.find(({ name }) => name === 'train')?.inputSchema.properties ?? {}),
    );
    for (const tool of tools)
      assert.ok(tool.description && tool.outputSchema?.properties?.['version'], tool.name);
  });

  test('diagnose and propose answer with the documents of the terminal, as text and as structure', async () => {
    const diagnosed = await call(client, 'diagnose', { log: 'train_log.txt' });
    const diagnosis = documents.diagnose.parse(diagnosed.structuredContent);
    assert.equal(diagnosis.epochs, 20);
    assert.ok(diagnosis.findings.length > 0);
    assert.deepEqual(JSON.parse(textOf(diagnosed)), diagnosed.structuredContent);

    const refs = await git(copy.folder, 'for-each-ref');
    const { proposals } = documents.propose.parse(
      (await call(client, 'propose', { model: 'model.ts', count: 2 })).structuredContent,
    );
    assert.equal(new Set(proposals.map(({ diff }) => diff)).size, 2);
    for (const { reasoning, diff } of proposals)
      assert.ok(reasoning.length > 40 && diff.includes('\n+'));
    assert.equal(await git(copy.folder, 'for-each-ref'), refs, 'nothing is recorded');
  });

  test('a log compared with itself is equal in every series', async () => {
    const { comparison } = documents.diagnose.parse(
      (await call(client, 'diagnose', { log: 'train_log.txt', against: 'train_log.txt' }))
        .structuredContent,
    );
    assert.ok(comparison && comparison.length > 1);
    assert.deepEqual(
      comparison.filter(({ standing }) => standing !== 'equal' && standing !== 'unknown'),
      [],
    );
  });

  test('train without the user’s word runs nothing and says what is missing', async () => {
    for (const input of [{ model: 'model.ts' }, { model: 'model.ts', confirm: false }]) {
      const refused = await call(client, 'train', input);
      assert.equal(refused.isError, true);
      assert.match(textOf(refused), /"confirm": true[\s\S]*\[mcp-not-confirmed\]/);
    }
    assert.equal(await git(copy.folder, 'for-each-ref', 'refs/cortex', 'refs/heads/cortex'), '');
  });

  test('train with confirm records a commit; history has it', async () => {
    const status = await git(copy.folder, 'status', '--porcelain=v2', '--branch');
    const trained = documents.train.parse(
      (await call(client, 'train', { model: 'model.ts', seeds: 2, confirm: true }))
        .structuredContent,
    );
    assert.equal(trained.metric.values.length, 2);
    assert.equal((await git(copy.folder, 'rev-parse', 'cortex/digits')).trim(), trained.commit);
    assert.equal(await git(copy.folder, 'status', '--porcelain=v2', '--branch'), status);
    const { attempts } = documents.history.parse(
      (await call(client, 'history', { model: '.' })).structuredContent,
    );
    assert.deepEqual(
      attempts.map(({ verdict, commit }) => [verdict, commit]),
      [['baseline', trained.commit]],
    );
  });

  test('a client that wants to know hears how a training goes on', async () => {
    const heard: string[] = [];
    let last = 0;
    const onprogress = ({
      progress,
      message,
    }: {
      progress: number;
      message?: string | undefined;
    }): void => {
      assert.ok(progress > last);
      last = progress;
      heard.push(message ?? '');
    };
    const trained = await client.callTool(
      { name: 'train', arguments: { model: 'model.ts', seeds: 2, confirm: true } },
      undefined,
      { onprogress },
    );
    assert.ok(!trained.isError);
    for (const part of [/^Training #\d+/, /^seed 1\/2, epoch 1\/2/, /^seed 2\/2, epoch 2\/2/])
      assert.ok(
        heard.some((message) => part.test(message)),
        `${part} in ${heard.join(' | ')}`,
      );
  });

  test('two calls at once hear each of their own work alone', async () => {
    const heard: readonly string[][] = [[], []];
    await Promise.all(
      heard.map((own) =>
        client.callTool(
          { name: 'train', arguments: { model: 'model.ts', seeds: 2, confirm: true } },
          undefined,
          {
            onprogress: ({ message }) => {
              own.push(message ?? '');
            },
          },
        ),
      ),
    );
    const begun = heard.map((own) => own.filter((message) => message.startsWith('Training #')));
    assert.deepEqual(
      begun.map(({ length }) => length),
      [1, 1],
      JSON.stringify(heard),
    );
    assert.deepEqual(
      heard.map((own) => own.filter((message) => message.startsWith('seed 1/2, epoch 1/2')).length),
      [1, 1],
      JSON.stringify(heard),
    );
  });

  test('a client that can ask its user is asked to', async () => {
    const asking = new Client(
      { name: 'test', version: '1' },
      { capabilities: { elicitation: { form: {} } } },
    );
    const questions: string[] = [];
    let answer = false;
    asking.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      questions.push(params.message);
      return { action: 'accept' as const, content: { confirm: answer } };
    });
    await connect(copy.folder, { client: asking });
    assert.match(
      textOf(await call(asking, 'train', { model: 'model.ts', seeds: 2 })),
      /mcp-not-confirmed/,
    );
    answer = true;
    assert.ok((await call(asking, 'train', { model: 'model.ts', seeds: 2 })).structuredContent);
    assert.equal(questions.length, 2);
    assert.match(questions[0] ?? '', /Training digits\?.*commit/);
    await asking.close();
  });

  test('a search asks first, then answers with its document', async () => {
    assert.match(textOf(await call(client, 'search', { model: 'model.ts' })), /mcp-not-confirmed/);
    const answer = await call(client, 'search', { model: 'model.ts', trials: 2, confirm: true });
    const { tried, sweep } = documents.search.parse(answer.structuredContent);
    assert.deepEqual([tried, sweep.kind], [2, 'sweep']);
  });

  test('what is made smaller asks first, then answers with its document', async () => {
    const asked = { model: 'model.ts', attempt: '0', seeds: 2, limit: 0.3, mayLose: 0.9 };
    const refused = await call(client, 'compress', asked);
    assert.match(textOf(refused), /Making #0 of digits smaller was not confirmed/);
    const answer = await call(client, 'compress', { ...asked, confirm: true });
    const { tried, best } = documents.compress.parse(answer.structuredContent);
    assert.ok(best && best.bytes <= 0.3 * 1024, textOf(answer));
    assert.ok(tried.every(({ measures }) => 'val_accuracy' in measures));
    const nowhere = await call(client, 'compress', { ...asked, attempt: '99', confirm: true });
    assert.match(textOf(nowhere), /99[\s\S]*Expected: /);
  });

  test('wrong input is an answer in words, and the server lives on', async () => {
    const missing = await call(client, 'propose', { model: 'nowhere.ts' });
    assert.equal(missing.isError, true);
    assert.match(textOf(missing), /nowhere\.ts[\s\S]*Expected: [\s\S]*\[[a-z-]+\]$/);
    const noLog = await call(client, 'diagnose', { log: 'cortex.json' });
    assert.match(textOf(noLog), /Expected: /);
    for (const input of [
      {},
      { model: 7 },
      { model: 'model.ts', unknown: 1 },
      { model: 'model.ts', count: 0 },
    ]) {
      const refused = await call(client, 'propose', input);
      assert.equal(refused.isError, true, JSON.stringify(input));
    }
    assert.equal((await client.listTools()).tools.length, 7);
  });

  test('two clients at once: each gets its own answer, and both trainings are recorded', async () => {
    const other = await connect(copy.folder);
    const before = documents.history.parse(
      (await call(client, 'history', { model: '.' })).structuredContent,
    ).attempts.length;
    const trained = await Promise.all(
      [client, other].map(async (each) =>
        documents.train.parse(
          (await call(each, 'train', { model: 'model.ts', seeds: 2, confirm: true }))
            .structuredContent,
        ),
      ),
    );
    assert.notEqual(trained[0]?.commit, trained[1]?.commit);
    const { attempts } = documents.history.parse(
      (await call(other, 'history', { model: '.' })).structuredContent,
    );
    assert.equal(attempts.length, before + 2);
    assert.equal(new Set(attempts.map(({ number }) => number)).size, attempts.length);
    await other.close();
  });

  test('cancelling a training keeps it as cancelled, and the server answers on', async () => {
    await setEpochs(copy.folder, 2000);
    const cancel = new AbortController();
    const told: Progress[] = [];
    const running = client.callTool(
      { name: 'train', arguments: { model: 'model.ts', confirm: true } },
      undefined,
      { signal: cancel.signal, onprogress: (progress) => void told.push(progress) },
    );
    const rejected = assert.rejects(running);
    await until(
      'the training to tell of its progress',
      () => told.some(({ message }) => /epoch \d/.test(message ?? '')),
      120,
    );
    cancel.abort();
    await rejected;
    await until(
      'the unfinished attempt to be recorded',
      async () => (await draftRefs(copy.folder)) === '',
    );
    assert.match(await git(copy.folder, 'log', '-1', '--format=%s', 'cortex/digits'), /cancelled/);
    const { attempts } = documents.history.parse(
      (await call(client, 'history', { model: '.' })).structuredContent,
    );
    assert.equal(attempts.at(-1)?.verdict, 'cancelled');
  });

  test(
    'a client that goes away in the middle of a training leaves a recorded attempt and no ' +
      'process',
    async () => {
      const leaving = await connect(copy.folder);
      const { pid } = leaving.transport as StdioClientTransport;
      const count = async (): Promise<number> =>
        Number(await git(copy.folder, 'rev-list', '--count', 'cortex/digits'));
      const before = await count();
      const running = assert.rejects(
        leaving.callTool({ name: 'train', arguments: { model: 'model.ts', confirm: true } }),
      );
      await until('the training to begin', async () => (await draftRefs(copy.folder)) !== '', 120);
      await leaving.close();
      await running;
      assert.throws(() => process.kill(pid ?? 0, 0), { code: 'ESRCH' });
      assert.equal(await count(), before + 1);
      assert.equal(await draftRefs(copy.folder), '');
    },
  );
});
