import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { readAnswer } from '../../../src/propose/answer/readAnswer.ts';
import type { ModelQuestion } from '../../../src/ports/languageModel.ts';
import { OpenAiModel, type OpenAiOptions } from '../../../src/adapters/llm/openAiModel.ts';
import { openAiServer, type Received, type Script } from './openAiServer.ts';

const KEY = 'sk-planted-0123456789abcdef';
const ANSWER = JSON.stringify({
  title: 'Widen',
  reasoning: 'It underfits.',
  edits: [{ op: 'setArgument', layer: 0, name: 'units', value: 64 }],
});

/** What the errors of these tests have to call things. */
const words = {
  setKey: 'Set a key',
  model: 'the model box',
  server: 'the server box',
  maxTokens: 'the token cap',
  maxCost: 'the money cap',
  prices: 'the price table',
  offline: 'the offline engine',
};

const question = (overrides: Partial<ModelQuestion> = {}): ModelQuestion => ({
  system: 'You improve models.',
  prompt: 'Propose.',
  schema: { type: 'object' },
  signal: new AbortController().signal,
  onText: () => undefined,
  ...overrides,
});

async function withServer(
  script: Script,
  options: Partial<OpenAiOptions>,
  act: (model: OpenAiModel, received: Received[]) => Promise<void>,
): Promise<void> {
  const server = await openAiServer(script);
  try {
    const model = new OpenAiModel({
      baseUrl: server.baseUrl,
      model: 'test-model',
      apiKey: () => Promise.resolve(KEY),
      maxTokens: null,
      maxUsd: null,
      prices: {},
      words,
      api: 'auto',
      timeoutSeconds: 20,
      maxRetries: 2,
      ...options,
    });
    await act(model, server.received);
  } finally {
    await server.close();
  }
}

const answer = (): ReturnType<Script> => ({ kind: 'answer', text: ANSWER });
const withoutResponses =
  (then: Script): Script =>
  (request, index) =>
    request.path.endsWith('/responses')
      ? { kind: 'status', status: 404, message: 'no such route' }
      : then(request, index);

/** Fails with this code, and says the key nowhere, not even in a cause. */
const failsWith =
  (code: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof CortexError, String(error));
    assert.equal(error.code, code, error.message);
    assert.doesNotMatch(
      `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`,
      /planted/,
    );
    return true;
  };

describe('both APIs', () => {
  test('Responses: streamed, counted, held to the schema', async () => {
    const seen: string[] = [];
    await withServer(answer, {}, async (model, received) => {
      const reply = await model.ask(question({ onText: (text) => seen.push(text) }));
      assert.equal(reply.text, ANSWER);
      assert.deepEqual(reply.cost, { inputTokens: 1000, outputTokens: 200, usd: null });
      assert.equal(received[0]?.path, '/v1/responses');
      assert.equal(received[0]?.authorization, `Bearer ${KEY}`);
      assert.equal(received[0]?.body['store'], false);
      assert.match(JSON.stringify(received[0]?.body['text']), /json_schema/);
      assert.equal(seen.at(-1), ANSWER);
    });
  });

  test('404 on Responses: Chat Completions, and it is remembered', async () => {
    await withServer(withoutResponses(answer), {}, async (model, received) => {
      assert.equal((await model.ask(question())).text, ANSWER);
      await model.ask(question());
      assert.deepEqual(
        received.map(({ path }) => path),
        ['/v1/responses', '/v1/chat/completions', '/v1/chat/completions'],
      );
    });
  });

  test('a server that knows neither schema nor JSON mode is asked in plain words', async () => {
    const strict: Script = ({ body }) =>
      'response_format' in body
        ? { kind: 'status', status: 400, message: 'unknown response_format' }
        : answer();
    await withServer(strict, { api: 'chat' }, async (model, received) => {
      assert.equal((await model.ask(question())).text, ANSWER);
      assert.deepEqual(
        received.map(
          ({ body }) => (body['response_format'] as { type: string } | undefined)?.type ?? 'text',
        ),
        ['json_schema', 'json_object', 'text'],
      );
    });
  });

  test('a server that accepts the schema and ignores it: read locally', async () => {
    await withServer(
      () => ({
        kind: 'answer',
        text: `Sure! Here it is:\n\`\`\`json\n${ANSWER}\n\`\`\`\nGood luck.`,
      }),
      {},
      async (model) => {
        const read = readAnswer((await model.ask(question())).text);
        assert.ok(read.ok && read.value.kind === 'change');
      },
    );
  });

  test('no usage in the stream: tokens are estimated, the price stays unknown', async () => {
    await withServer(
      () => ({ kind: 'answer', text: ANSWER, usage: null }),
      {},
      async (model) => {
        const { cost } = await model.ask(question());
        assert.ok(cost.inputTokens > 0 && cost.outputTokens > 0 && cost.usd === null);
      },
    );
  });
});

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

describe('caps', () => {
  test('tokens: the answer is given only what is left, and then nothing is sent', async () => {
    await withServer(answer, { maxTokens: 1500 }, async (model, received) => {
      await model.ask(question());
      assert.ok(Number(received[0]?.body['max_output_tokens']) < 1500);
      await assert.rejects(model.ask(question()), failsWith('llm-budget-spent'));
      assert.equal(received.length, 1);
    });
  });

  test('money: counted by the price, held before sending', async () => {
    const prices = { 'test-model': { input: 10, output: 100 } };
    await withServer(answer, { maxUsd: 0.065, prices }, async (model, received) => {
      assert.equal((await model.ask(question())).cost.usd, 0.03);
      assert.ok(Number(received[0]?.body['max_output_tokens']) <= 650);
      await model.ask(question());
      await assert.rejects(model.ask(question()), failsWith('llm-budget-spent'));
      assert.equal(received.length, 2);
    });
  });

  test('a cap in money without a price is refused at the start', () => {
    assert.throws(
      () =>
        new OpenAiModel({
          baseUrl: 'http://localhost:1/v1',
          model: 'm',
          apiKey: () => Promise.resolve(null),
          maxTokens: null,
          maxUsd: 1,
          prices: {},
          words,
          api: 'auto',
          timeoutSeconds: 5,
          maxRetries: 0,
        }),
      failsWith('llm-price-unknown'),
    );
  });
});
