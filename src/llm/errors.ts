import { BUDGET_SPENT, CortexError } from '../core/errors.ts';
import { formatNumber } from '../core/attempts/format.ts';

/** A cap would be passed by one more request. */
export const budgetSpent = (tokens: number, usd: number | null, caps: { readonly tokens: number | null; readonly usd: number | null }): CortexError =>
  new CortexError({
    code: BUDGET_SPENT,
    kind: 'input',
    happened: `The language model has used ${tokens} tokens${usd === null ? '' : ` ($${formatNumber(usd)})`}; another request could pass the cap of ${capText(caps)}.`,
    expected: 'room for a prompt and an answer.',
    remedy: 'Raise --max-tokens or --max-cost, or go on with --proposer offline.',
  });

export const priceUnknown = (model: string): CortexError =>
  new CortexError({
    code: 'llm-price-unknown',
    kind: 'input',
    happened: `The price of ${model} is unknown, so a cap in money cannot be kept.`,
    expected: 'a model whose price Cortex knows, or a cap in tokens.',
    remedy: 'Use --max-tokens instead of --max-cost, or name its price in a table (--prices).',
  });

export const keyMissing = (): CortexError =>
  new CortexError({
    code: 'llm-key-missing',
    kind: 'input',
    happened: 'No API key was found for the OpenAI server.',
    expected: 'the environment variable OPENAI_API_KEY, or a server of your own.',
    remedy: 'Set OPENAI_API_KEY, or name a server with --base-url (or OPENAI_BASE_URL).',
  });

export const modelMissing = (): CortexError =>
  new CortexError({
    code: 'llm-model-missing',
    kind: 'input',
    happened: 'No language model was named.',
    expected: '--model or the environment variable CORTEX_MODEL.',
    remedy: 'Name a model that the server offers, for instance --model gpt-5-mini.',
  });

/** `status` 401 or 403. */
export const keyRefused = (server: string, status: number, detail: string): CortexError =>
  new CortexError({
    code: 'llm-key-refused',
    kind: 'input',
    happened: `${server} refused the API key (${status})${detail}.`,
    expected: 'a key that may use the model.',
    remedy: 'Check the key and what it is allowed to do.',
  });

/** Neither API of the server knows the address or the model. */
export const notFound = (server: string, model: string, detail: string): CortexError =>
  new CortexError({
    code: 'llm-not-found',
    kind: 'input',
    happened: `${server} answered 404 for the model ${model}${detail}.`,
    expected: 'an OpenAI-compatible address (often ending in /v1) and a model it offers.',
    remedy: 'Check --base-url and --model.',
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
    happened: status === null ? `${server} could not be reached${detail}.` : `${server} answered ${status}${detail}.`,
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

const capText = ({ tokens, usd }: { readonly tokens: number | null; readonly usd: number | null }): string =>
  [tokens === null ? [] : `${tokens} tokens`, usd === null ? [] : `$${usd}`].flat().join(' and ');
