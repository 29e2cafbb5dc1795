import assert from 'node:assert/strict';
import { CortexError } from '../../../src/util/errors.ts';
import type { ModelQuestion } from '../../../src/ports/languageModel.ts';
import { OpenAiModel, type OpenAiOptions } from '../../../src/adapters/llm/openAiModel.ts';
import { openAiServer, type Received, type Script } from './openAiServer.ts';

export const KEY = 'sk-planted-0123456789abcdef';

export const ANSWER = JSON.stringify({
  title: 'Widen',
  reasoning: 'It underfits.',
  edits: [{ op: 'setArgument', layer: 0, name: 'units', value: 64 }],
});

/** What the errors of these tests have to call things. */
export const words = {
  setKey: 'Set a key',
  model: 'the model box',
  server: 'the server box',
  maxTokens: 'the token cap',
  maxCost: 'the money cap',
  prices: 'the price table',
  offline: 'the offline engine',
};

export const question = (overrides: Partial<ModelQuestion> = {}): ModelQuestion => ({
  system: 'You improve models.',
  prompt: 'Propose.',
  schema: { type: 'object' },
  signal: new AbortController().signal,
  onText: () => undefined,
  ...overrides,
});

export async function withServer(
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

export const answer = (): ReturnType<Script> => ({ kind: 'answer', text: ANSWER });

/** Fails with this code, and says the key nowhere, not even in a cause. */
export const failsWith =
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
