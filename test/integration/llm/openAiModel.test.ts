import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAnswer } from '../../../src/propose/answer/readAnswer.ts';
import { OpenAiModel } from '../../../src/adapters/llm/openAiModel.ts';
import { type Script } from './openAiServer.ts';
import { KEY, ANSWER, words, question, withServer, answer, failsWith } from './openAiQuestions.ts';

const withoutResponses =
  (then: Script): Script =>
  (request, index) =>
    request.path.endsWith('/responses')
      ? { kind: 'status', status: 404, message: 'no such route' }
      : then(request, index);

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
