import { formatNumber } from '../../record/format.ts';
import { BUDGET_SPENT, CortexError } from '../../util/errors.ts';
import type { LanguageWords } from './words.ts';

/** The user's caps of a run; `null`: none. */
export interface Caps {
  readonly tokens: number | null;
  readonly usd: number | null;
}

/** A cap would be passed by one more request. `usd` is `null` where the price is unknown. */
export const budgetSpent = (
  { tokens, usd }: { readonly tokens: number; readonly usd: number | null },
  caps: Caps,
  words: LanguageWords,
): CortexError =>
  new CortexError({
    code: BUDGET_SPENT,
    kind: 'input',
    happened:
      `The language model has used ${tokens} ` +
      `tokens${usd === null ? '' : ` ($${formatNumber(usd)})`} in this run; another request ` +
      `could pass the cap of ${capText(caps)}.`,
    expected: 'room for a prompt and an answer.',
    remedy: `Raise ${raise(caps, words)}, or go on with ${words.offline}.`,
  });

/** A cap in money is set for a model whose price nobody told. */
export const priceUnknown = (model: string, words: LanguageWords): CortexError =>
  new CortexError({
    code: 'llm-price-unknown',
    kind: 'input',
    happened:
      `The price of ${model} is unknown, so the cap in money (${words.maxCost}) cannot be ` +
      'kept; nothing was sent.',
    expected: 'a model whose price is known, or a cap in tokens.',
    remedy:
      `Name its price in ${words.prices}, or use ${words.maxTokens} instead of ` +
      `${words.maxCost}.`,
  });

/** OpenAI's own server is asked for, and there is no key for it. */
export const keyMissing = (server: string, words: LanguageWords): CortexError =>
  new CortexError({
    code: 'llm-key-missing',
    kind: 'input',
    happened: `There is no API key for ${server}.`,
    expected: 'a key, or a server that needs none.',
    remedy: `${words.setKey}, or name another server in ${words.server}.`,
  });

/** A server is named, but not what it should run. */
export const modelMissing = (words: LanguageWords): CortexError =>
  new CortexError({
    code: 'llm-model-missing',
    kind: 'input',
    happened: 'No language model was named.',
    expected: 'the name of a model that the server offers.',
    remedy: `Name it in ${words.model}, for instance gpt-5-mini.`,
  });

const capText = ({ tokens, usd }: Caps): string =>
  [tokens === null ? [] : `${tokens} tokens`, usd === null ? [] : `$${usd}`].flat().join(' and ');

const raise = ({ tokens, usd }: Caps, words: LanguageWords): string =>
  [tokens === null ? [] : words.maxTokens, usd === null ? [] : words.maxCost].flat().join(' or ');
