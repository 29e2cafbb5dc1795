import { CortexError } from '../../util/errors.ts';
import type { LanguageWords } from '../../propose/language/words.ts';

/** `status` 401 or 403. */
export const keyRefused = (
  server: string,
  refusal: { readonly status: number; readonly detail: string },
  words: LanguageWords,
): CortexError =>
  new CortexError({
    code: 'llm-key-refused',
    kind: 'input',
    happened: `${server} refused the API key (${refusal.status})${refusal.detail}.`,
    expected: 'a key that may use the model.',
    remedy: `${words.setKey}, or see what the key is allowed to do.`,
  });

/** Neither API of the server knows the address or the model. */
export const notFound = (
  server: string,
  asked: { readonly model: string; readonly detail: string },
  words: LanguageWords,
): CortexError =>
  new CortexError({
    code: 'llm-not-found',
    kind: 'input',
    happened: `${server} answered 404 for the model ${asked.model}${asked.detail}.`,
    expected: 'an OpenAI-compatible address (often ending in /v1) and a model it offers.',
    remedy: `Check ${words.server} and ${words.model}.`,
  });

export const tooManyRequests = (server: string, detail: string): CortexError =>
  new CortexError({
    code: 'llm-rate-limit',
    kind: 'environment',
    happened: `${server} still answered 429 after several tries${detail}.`,
    expected: 'room under its rate limit or quota.',
    remedy: 'Wait and start again, or see the quota of the account; what was recorded is kept.',
  });

/** Any other refusal; `status` is `null` where nothing came back at all. */
export const serverFailed = (server: string, status: number | null, detail: string): CortexError =>
  new CortexError({
    code: status === null ? 'llm-unreachable' : 'llm-server-failed',
    kind: 'environment',
    happened:
      status === null
        ? `${server} could not be reached${detail}.`
        : `${server} answered ${status}${detail}.`,
    expected: 'an answer of the language model.',
    remedy: 'See whether the server runs and can be reached, then start again.',
  });

export const tooSlow = (server: string, seconds: number): CortexError =>
  new CortexError({
    code: 'llm-timeout',
    kind: 'environment',
    happened: `${server} did not finish its answer within ${seconds} s.`,
    expected: 'a complete answer within that time.',
    remedy: 'Try a faster model, or a server with less to do.',
  });
