import type { Cost } from '../core/attempts/attempt.ts';
import type { Price } from '../core/ports.ts';
import { budgetSpent } from './errors.ts';
import { costOf } from './prices.ts';

/** The user's caps; `null`: none. */
interface Caps {
  readonly tokens: number | null;
  readonly usd: number | null;
}

/** An answer needs at least this many tokens to be of any use. */
const SMALLEST_ANSWER = 300;
/** Room for a model's own thinking and an answer; more is never asked for. */
const LARGEST_ANSWER = 16_000;

/** Holds the caps where requests are sent: nothing goes out that could pass them. */
export class Budget {
  readonly #caps: Caps;
  readonly #price: Price | null;
  #tokens = 0;
  #usd = 0;

  constructor(caps: Caps, price: Price | null) {
    this.#caps = caps;
    this.#price = price;
  }

  /** The most tokens an answer to `inputTokens` may have; throws where too few are left for one. */
  allow(inputTokens: number): number {
    const { tokens, usd } = this.#caps;
    const byTokens = tokens === null ? LARGEST_ANSWER : tokens - this.#tokens - inputTokens;
    const byMoney = usd === null || !this.#price ? LARGEST_ANSWER : Math.floor(((usd - this.#usd) * 1e6 - inputTokens * this.#price.input) / this.#price.output);
    const most = Math.min(LARGEST_ANSWER, byTokens, byMoney);
    if (most < SMALLEST_ANSWER) throw budgetSpent(this.#tokens, this.#price ? this.#usd : null, this.#caps);
    return most;
  }

  /** Counts what a request used, whether or not its answer was complete. */
  spend(inputTokens: number, outputTokens: number): Cost {
    const cost = costOf(inputTokens, outputTokens, this.#price);
    this.#tokens += inputTokens + outputTokens;
    this.#usd += cost.usd ?? 0;
    return cost;
  }
}
