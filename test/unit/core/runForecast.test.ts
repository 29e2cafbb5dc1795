import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { LanguageModel, Price } from '../../../src/ports/languageModel.ts';
import type { Searcher } from '../../../src/ports/searcher.ts';
import { HybridSearcher } from '../../../src/search/hybridSearcher.ts';
import { LanguageProposer } from '../../../src/propose/languageProposer.ts';
import { fakePorts, scripted, study } from './fakePorts.ts';
import { syntax } from '../proposal/support.ts';

const options = (rounds: number, minutes?: number) => ({
  rounds,
  wish: null,
  baselineCheck: 'skip' as const,
  signal: new AbortController().signal,
  ...(minutes !== undefined && { minutes }),
});

/** A model that is gone when it is asked; `asked` tells what was known by then. */
function proposing(price: Price | null, asked: () => void = () => undefined): LanguageProposer {
  const model: LanguageModel = {
    name: 'openai:m',
    price,
    ask: () => {
      asked();
      return Promise.resolve({
        text: 'nothing',
        cost: { inputTokens: 1, outputTokens: 1, usd: null },
      });
    },
  };
  return new LanguageProposer(model, {
    syntax,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    onText: () => undefined,
  });
}

test('tokens, money and minutes are told before the first request', async () => {
  const known: string[] = [];
  const ports = fakePorts(
    proposing({ input: 1, output: 10 }, () => {
      known.push(...ports.events.map(({ kind }) => kind));
    }),
    { repairAttempts: 0 },
  );
  const { forecast } = await improveModel(study, options(3), ports);
  assert.ok(known.includes('forecast'));
  assert.deepEqual(
    { model: forecast.model, requests: forecast.requests, outputTokens: forecast.outputTokens },
    { model: 'openai:m', requests: 3, outputTokens: 2400 },
  );
  const input = forecast.inputTokens ?? assert.fail('no tokens');
  assert.ok(input > 3 * 1000 && input < 3 * 8000, String(input));
  assert.ok(Math.abs((forecast.usd ?? 0) - (input + 10 * 2400) / 1e6) < 1e-12);
  assert.deepEqual(
    [forecast.minutes?.from, forecast.minutes?.to].map((value) => value?.toFixed(6)),
    ['0.100000', '0.300000'],
  );
  assert.match(
    forecast.text,
    /^Ahead: 3 requests to openai:m, about \d+ tokens in and 2400 out, about \$0\.0\d+; repairs come on top\. Training takes about 6 s to 18 s, judging by/,
  );
});

test('an unknown price is said to be unknown; a share of the rounds is a share of the requests', async () => {
  const { forecast } = await improveModel(
    study,
    options(10),
    fakePorts(new HybridSearcher(scripted(16), proposing(null), 0.3), { repairAttempts: 0 }),
  );
  assert.deepEqual({ requests: forecast.requests, usd: forecast.usd }, { requests: 3, usd: null });
  assert.match(forecast.text, /its price is unknown/);
});

test('a batch is a request for each of its proposals, and their short runs', async () => {
  const batch = (proposer: Searcher) =>
    improveModel(study, { ...options(2), batch: 4 }, fakePorts(proposer, { repairAttempts: 0 }));
  const { forecast } = await batch(proposing({ input: 1, output: 10 }));
  assert.deepEqual(
    { requests: forecast.requests, outputTokens: forecast.outputTokens },
    { requests: 8, outputTokens: 6400 },
  );
  // Four runs of 3 epochs and two of 7, of 20: 1.3 trials more a round.
  assert.deepEqual(
    [forecast.minutes?.from, forecast.minutes?.to].map((value) => value?.toFixed(6)),
    [((2 * 3.3) / 60).toFixed(6), ((2 * 7.3) / 60).toFixed(6)],
  );
  const hybrid = await batch(new HybridSearcher(scripted(16), proposing(null), 0.5));
  assert.equal(hybrid.forecast.requests, 2, 'every other round, two of its four');
});

test(
  'offline nothing is asked; without an end in sight minutes are the limit, and requests are ' +
    'not counted',
  async () => {
    const offline = await improveModel(study, options(2), fakePorts(scripted(16)));
    assert.deepEqual(
      {
        model: offline.forecast.model,
        requests: offline.forecast.requests,
        usd: offline.forecast.usd,
      },
      { model: null, requests: null, usd: null },
    );
    assert.match(offline.forecast.text, /^Training takes about/);
    const endless = await improveModel(
      study,
      options(Infinity, 0.1),
      fakePorts(proposing(null), { repairAttempts: 0 }),
    );
    assert.deepEqual(
      {
        requests: endless.forecast.requests,
        inputTokens: endless.forecast.inputTokens,
        minutes: endless.forecast.minutes,
      },
      { requests: null, inputTokens: null, minutes: { from: 0.1, to: 0.1 } },
    );
    assert.match(endless.forecast.text, /Training takes about 6 s, judging by/);
    assert.match(endless.forecast.text, /each request to openai:m, about \d+ tokens in/);
  },
);
