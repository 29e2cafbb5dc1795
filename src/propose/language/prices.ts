import type { Cost } from '../../record/cost.ts';
import type { Price } from '../../ports/languageModel.ts';

/** When the list below was true; prices change, so whoever is told a sum is told this too. */
const LISTED = 'August 2025';

/**
 * List prices of OpenAI's own server (platform.openai.com/docs/pricing), by the start of a model's
 * name.
 */
const LIST: Readonly<Record<string, Price>> = {
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-4o': { input: 2.5, output: 10 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  o3: { input: 2, output: 8 },
  'o4-mini': { input: 1.1, output: 4.4 },
};

/** A dated release has its family's price: `gpt-4o-2024-11-20`. */
const RELEASE = /^(-\d{4}-\d{2}-\d{2})?$/;

/**
 * The price of a model: the user's own table first, the list only for OpenAI's server; `null` where
 * it is unknown.
 */
export function priceOf(
  model: string,
  own: Readonly<Record<string, Price>>,
  isOpenAi: boolean,
): Price | null {
  const given = own[model];
  if (given || !isOpenAi) return given ?? null;
  const family = Object.keys(LIST).find(
    (name) => model.startsWith(name) && RELEASE.test(model.slice(name.length)),
  );
  const listed = family === undefined ? undefined : LIST[family];
  return listed ? { ...listed, listed: LISTED } : null;
}

/** What tokens cost; money is `null` where the price is unknown. */
export const costOf = (inputTokens: number, outputTokens: number, price: Price | null): Cost => ({
  inputTokens,
  outputTokens,
  usd: price ? (inputTokens * price.input + outputTokens * price.output) / 1e6 : null,
});
