import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { root, type Run } from '../cli/cortex.ts';
import { exampleWorkspace } from '../../vscode/workspace.ts';
import { openAiServer } from './openAiServer.ts';
import { cortexWith, say } from './scriptedStudy.ts';

describe('who proposes', () => {
  let parent: string;
  let folder: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'cortex-llm-'));
    folder = await exampleWorkspace(root, parent, { epochs: 1, seeds: 1 });
  });
  after(() => rm(parent, { recursive: true, force: true }));

  test(
    'hybrid, the default where a model is named: the model is shown the operators’ candidates ' +
      'and takes one',
    async () => {
      const server = await openAiServer(() => ({
        kind: 'answer',
        text: say('Take the second', [{ candidate: 2 }]),
      }));
      try {
        const run = await cortexWith(folder, server.baseUrl, 'propose', 'model.ts', '--json');
        assert.equal(run.code, 0, run.stderr);
        const [proposal] = documents.propose.parse(JSON.parse(run.stdout)).proposals;
        assert.equal(proposal?.proposer, 'openai:scripted');
        assert.notEqual(proposal.operator, 'free-edit');
        assert.match(server.received[0]?.text ?? '', /<candidates>\n1: .*chance \d+ %/);
      } finally {
        await server.close();
      }
    },
  );

  test('--show-prompt shows what the model is sent, and sends nothing', async () => {
    const server = await openAiServer(() => ({
      kind: 'answer',
      text: say('Take the first', [{ candidate: 1 }]),
    }));
    try {
      const shown = documents.prompt.parse(
        JSON.parse(
          (
            await cortexWith(
              folder,
              server.baseUrl,
              'propose',
              'model.ts',
              '--show-prompt',
              '--json',
            )
          ).stdout,
        ),
      );
      assert.equal(server.received.length, 0);
      await cortexWith(folder, server.baseUrl, 'propose', 'model.ts', '--json');
      assert.deepEqual(
        {
          instructions: server.received[0]?.body['instructions'],
          input: server.received[0]?.body['input'],
        },
        { instructions: shown.system, input: shown.question },
      );
    } finally {
      await server.close();
    }
  });

  test('hybrid with no server: the operators’ own, and why', async () => {
    const run = await cortexWith(
      folder,
      'http://127.0.0.1:9/v1',
      'propose',
      'model.ts',
      '--proposer',
      'hybrid',
      '--json',
    );
    assert.equal(run.code, 0, run.stderr);
    const [proposal] = documents.propose.parse(JSON.parse(run.stdout)).proposals;
    assert.equal(proposal?.proposer, 'offline');
    assert.match(proposal.warnings.join(), /could not be asked.*could not be reached/);
  });

  test('openai with a spent budget: nothing is sent, the run ends and says so', async () => {
    const server = await openAiServer(() => ({ kind: 'answer', text: '{}' }));
    try {
      const run = await cortexWith(
        folder,
        server.baseUrl,
        'improve',
        'model.ts',
        '--proposer',
        'openai',
        '--max-tokens',
        '500',
        '--no-check',
        '--json',
      );
      assert.equal(run.code, 0, run.stderr);
      assert.match(
        documents.improve.parse(JSON.parse(run.stdout)).stopped,
        /^budget spent: .*another request could pass the cap of 500 tokens$/,
      );
      assert.equal(server.received.length, 0);
    } finally {
      await server.close();
    }
  });

  test('a price table that cannot be read is wrong input', async () => {
    await writeFile(join(folder, 'bad.json'), '{"scripted": {"input": "cheap"}}');
    const run = await cortexWith(
      folder,
      'http://127.0.0.1:9/v1',
      'improve',
      'model.ts',
      '--prices',
      'bad.json',
      '--json',
    );
    assert.deepEqual(
      { code: run.code, tells: /prices-unreadable/.test(run.stderr) },
      { code: 2, tells: true },
      run.stderr,
    );
  });

  test(
    '--replay plays a study again without its model, on a branch of its own; a question never ' +
      'asked is an error',
    async () => {
      const answers = [
        say('Set 40 units', [{ op: 'setArgument', layer: 1, name: 'units', value: 40 }]),
        'no JSON',
        say('Set 48 units', [{ op: 'setArgument', layer: 1, name: 'units', value: 48 }]),
      ];
      const server = await openAiServer(({ path }) =>
        path.endsWith('/responses')
          ? { kind: 'status', status: 404, message: 'no such route' }
          : { kind: 'answer', text: answers.shift() ?? '{}' },
      );
      const improve = (...more: readonly string[]): Promise<Run> =>
        cortexWith(
          folder,
          server.baseUrl,
          'improve',
          'model.ts',
          '--proposer',
          'openai',
          '--runtime',
          'wasm',
          '--no-check',
          '--json',
          ...more,
        );
      await writeFile(join(folder, 'prices.json'), '{"scripted": {"input": 1, "output": 10}}');
      const recorded = await improve('--rounds', '2', '--prices', 'prices.json').finally(() =>
        server.close(),
      );
      const replayed = await improve('--rounds', '2', '--replay');
      assert.equal(replayed.code, 0, replayed.stderr);
      const [first, second] = [recorded, replayed].map(({ stdout }) =>
        documents.improve.parse(JSON.parse(stdout)),
      );
      assert.match(second?.branch ?? '', /-replay-1$/);
      assert.deepEqual(
        {
          model: first?.forecast.model,
          requests: first?.forecast.requests,
          usd: second?.forecast.usd,
        },
        { model: 'openai:scripted', requests: 2, usd: 0 },
      );
      assert.ok(
        (first?.forecast.usd ?? 0) > 0.01 &&
          recorded.stderr.includes(first?.forecast.text ?? 'no forecast'),
        recorded.stderr,
      );
      assert.equal(first?.attempts[0]?.cost?.usd, (1000 + 10 * 200) / 1e6);
      const line = (report: ReturnType<typeof documents.improve.parse> | undefined) =>
        report?.attempts.map(({ number, title, verdict, metric, repairs }) => ({
          number,
          title,
          verdict,
          metric,
          repairs,
        }));
      assert.deepEqual(line(second), line(first));
      assert.deepEqual(
        line(second)?.map(({ title, repairs }) => `${title} ${repairs}`),
        ['Set 40 units 0', 'Set 48 units 1'],
      );
      for (const [name, found] of [
        [second?.attempts[0]?.id ?? '', second],
        ['2', first],
      ] as const) {
        const shown = await cortexWith(folder, server.baseUrl, 'show', name, '--json');
        assert.equal(shown.code, 0, shown.stderr);
        assert.ok(
          found?.attempts.some(
            ({ commit }) =>
              commit === documents.show.parse(JSON.parse(shown.stdout)).attempt.commit,
          ),
          name,
        );
      }
      const missing = await improve('--rounds', '3', '--replay');
      assert.deepEqual(
        {
          code: missing.code,
          tells: /replay-missing-answer/.test(missing.stderr),
          stdout: missing.stdout,
        },
        { code: 2, tells: true, stdout: '' },
        missing.stderr,
      );
    },
  );
});
