import type { Cost } from '../../record/cost.ts';
import type { Price } from '../../ports/languageModel.ts';
import { budgetSpent, priceUnknown, type Caps } from './errors.ts';
import { costOf } from './prices.ts';
import type { LanguageWords } from './words.ts';

/** An answer needs at least this many tokens to be of any use. */
const SMALLEST_ANSWER = 300;
/** Room for a model's own thinking and an answer; more is never asked for. */
const LARGEST_ANSWER = 16_000;

/** What a run may cost, and by which price it is counted. */
export interface BudgetTerms {
  readonly caps: Caps;
  /** `null`: unknown; then there may be no cap in money. */
  readonly price: Price | null;
  /** What stands in errors about the price. */
  readonly model: string;
  readonly words: LanguageWords;
}

/**
 * Holds the caps of a run where requests are sent: nothing goes out that could pass them. Throws
 * for a cap that cannot be kept.
 */
export class Budget {
  readonly #terms: BudgetTerms;
  #tokens = 0;
  #usd = 0;

  constructor(terms: BudgetTerms) {
    if (terms.caps.usd !== null && !terms.price) throw priceUnknown(terms.model, terms.words);
    this.#terms = terms;
  }

  /** The most tokens an answer to `inputTokens` may have; throws where too few are left for one. */
  allow(inputTokens: number): number {
    const {
      caps: { tokens, usd },
      price,
    } = this.#terms;
    const byTokens = tokens === null ? LARGEST_ANSWER : tokens - this.#tokens - inputTokens;
    const byMoney =
      usd === null || !price
        ? LARGEST_ANSWER
        : Math.floor(((usd - this.#usd) * 1e6 - inputTokens * price.input) / price.output);
    const most = Math.min(LARGEST_ANSWER, byTokens, byMoney);
    if (most < SMALLEST_ANSWER)
      throw budgetSpent(
        { tokens: this.#tokens, usd: price ? this.#usd : null },
        this.#terms.caps,
        this.#terms.words,
      );
    return most;
  }

  /** Counts what a request used, whether or not its answer was complete. */
  spend(inputTokens: number, outputTokens: number): Cost {
    const cost = costOf(inputTokens, outputTokens, this.#terms.price);
    this.#tokens += inputTokens + outputTokens;
    this.#usd += cost.usd ?? 0;
    return cost;
  }
}
