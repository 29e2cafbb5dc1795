import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/**
 * The sum of what several requests cost: `null` where nobody was asked; money is unknown as soon as
 * one price is.
 */
export function sumOfCosts(costs: readonly (Cost | null)[]): Cost | null {
  const known = costs.filter((cost) => cost !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, cost) => ({
    inputTokens: sum.inputTokens + cost.inputTokens,
    outputTokens: sum.outputTokens + cost.outputTokens,
    usd: sum.usd === null || cost.usd === null ? null : sum.usd + cost.usd,
  }));
}

/** What a language model's work came to. */
export const costSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  usd: z.number().nullable(),
});

/** What a language model's work came to. */
export type Cost = DeepReadonly<z.infer<typeof costSchema>>;
