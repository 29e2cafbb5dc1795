import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAnswer } from '../../../src/propose/answer/readAnswer.ts';
import { OpenAiModel } from '../../../src/adapters/llm/openAiModel.ts';
import { openAiServer, type Script } from './openAiServer.ts';
import { KEY, ANSWER, words, question, withServer, answer, failsWith } from './openAiQuestions.ts';

describe('what goes wrong', () => {
  test('401 names the key without showing it', () =>
    withServer(
      () => ({ kind: 'status', status: 401, message: `Incorrect API key provided: ${KEY}.` }),
      {},
      (model) => assert.rejects(model.ask(question()), failsWith('llm-key-refused')),
    ));

  test('404 on both', () =>
    withServer(
      () => ({ kind: 'status', status: 404, message: 'model not found' }),
      {},
      (model) => assert.rejects(model.ask(question()), failsWith('llm-not-found')),
    ));

  test('429 with retry-after: waits that long and goes on', async () => {
    const script: Script = (_, index) =>
      index === 0
        ? { kind: 'status', status: 429, message: 'slow down', headers: { 'retry-after': '1' } }
        : answer();
    await withServer(script, {}, async (model, received) => {
      const start = performance.now();
      assert.equal((await model.ask(question())).text, ANSWER);
      assert.ok(performance.now() - start >= 950);
      assert.equal(received.length, 2);
    });
  });

  test('429 for ever', () =>
    withServer(
      () => ({
        kind: 'status',
        status: 429,
        message: 'quota',
        headers: { 'retry-after-ms': '10' },
      }),
      {},
      (model) => assert.rejects(model.ask(question()), failsWith('llm-rate-limit')),
    ));

  test('500 once: tried again; for ever: said', async () => {
    const once: Script = (_, index) =>
      index === 0
        ? { kind: 'status', status: 500, message: 'oops', headers: { 'retry-after-ms': '10' } }
        : answer();
    await withServer(once, {}, async (model) => {
      assert.equal((await model.ask(question())).text, ANSWER);
    });
    await withServer(
      () => ({ kind: 'status', status: 500, message: 'oops', headers: { 'retry-after-ms': '10' } }),
      {},
      (model) => assert.rejects(model.ask(question()), failsWith('llm-server-failed')),
    );
  });

  test('slow: ends at the time limit', () =>
    withServer(
      () => ({ kind: 'slow', milliseconds: 3000 }),
      { timeoutSeconds: 0.4 },
      (model) => assert.rejects(model.ask(question()), failsWith('llm-timeout')),
    ));

  test('cut in mid-stream: asked once more; cut again: said', async () => {
    await withServer(
      (_, index) => (index === 0 ? { kind: 'cut', text: ANSWER } : answer()),
      {},
      async (model, received) => {
        assert.equal((await model.ask(question())).text, ANSWER);
        assert.equal(received.length, 2);
      },
    );
    await withServer(
      () => ({ kind: 'cut', text: ANSWER }),
      {},
      (model) => assert.rejects(model.ask(question()), failsWith('llm-unreachable')),
    );
  });

  test('nothing listens there', async () => {
    const server = await openAiServer(answer);
    await server.close();
    const model = new OpenAiModel({
      baseUrl: server.baseUrl,
      model: 'm',
      apiKey: () => Promise.resolve(null),
      maxTokens: null,
      maxUsd: null,
      prices: {},
      words,
      api: 'auto',
      timeoutSeconds: 5,
      maxRetries: 0,
    });
    await assert.rejects(model.ask(question()), failsWith('llm-unreachable'));
  });

  test('invalid JSON and an answer of 1 MB are refused in one sentence', async () => {
    await withServer(
      () => ({ kind: 'answer', text: '{"title": "Widen", "edits": [}' }),
      {},
      async (model) => {
        assert.ok(!readAnswer((await model.ask(question())).text).ok);
      },
    );
    await withServer(
      () => ({ kind: 'answer', text: `{"title": "${'x'.repeat(1_000_000)}"}`, pieces: 500 }),
      {},
      async (model) => {
        const read = readAnswer((await model.ask(question())).text);
        assert.ok(!read.ok && /at most 200000 are read/.test(read.error), JSON.stringify(read));
      },
    );
  });

  test('aborting ends it as cancelled', async () => {
    const stop = new AbortController();
    await withServer(
      () => ({ kind: 'slow', milliseconds: 3000 }),
      {},
      async (model) => {
        setTimeout(() => {
          stop.abort();
        }, 100);
        await assert.rejects(model.ask(question({ signal: stop.signal })), failsWith('cancelled'));
      },
    );
  });

  test('a server that says the key back: it is blanked', async () => {
    await withServer(
      ({ authorization }) => ({
        kind: 'answer',
        text: `{"title": "Your header was ${authorization}"}`,
      }),
      {},
      async (model) => {
        const { text } = await model.ask(question());
        assert.doesNotMatch(text, /planted/);
        assert.match(text, /\[key\]/);
      },
    );
  });
});
