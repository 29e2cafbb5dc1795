import type { Random } from '../../ports/random.ts';
import { draw } from '../posterior.ts';

/** What each further reward leaves of those before it: what pays changes as a search goes on. */
const MEMORY = 0.98;
/** Turns that somebody trusted is thought to have won before the first. */
const TRUST = 10;
/** Turns that anybody else is thought to have lost, before the first and once all is forgotten. */
const DOUBT = 8;

interface Arm {
  alpha: number;
  beta: number;
  /** What `beta` falls back to. */
  readonly lost: number;
}

/**
 * Shares a budget among several by what each brought (Thompson sampling on a reward of 0 or 1 that
 * is slowly forgotten). None is ever left out for good.
 */
export class Bandit {
  readonly #arms = new Map<string, Arm>();

  /**
   * @param names who shares it
   * @param trusted who is expected to win before anybody has
   */
  constructor(names: readonly string[], trusted: readonly string[] = []) {
    for (const name of names) {
      const isTrusted = trusted.includes(name);
      const lost = isTrusted ? 1 : DOUBT;
      this.#arms.set(name, { alpha: isTrusted ? TRUST : 1, beta: lost, lost });
    }
  }

  /** Whose turn it is, of all that are not left out. */
  choose(random: Random, leftOut: readonly string[] = []): string {
    const drawn = [...this.#arms]
      .filter(([name]) => !leftOut.includes(name))
      .map(([name, { alpha, beta }]) => ({ name, luck: draw({ alpha, beta }, random) }));
    const [best] = drawn.toSorted((a, b) => b.luck - a.luck);
    if (!best) throw new Error('A bandit needs somebody to choose from.');
    return best.name;
  }

  /** What a turn of one of them brought; who is not known is left aside. */
  reward(name: string, won: boolean): void {
    const arm = this.#arms.get(name);
    if (!arm) return;
    for (const each of this.#arms.values()) {
      each.alpha = 1 + MEMORY * (each.alpha - 1);
      each.beta = each.lost + MEMORY * (each.beta - each.lost);
    }
    if (won) arm.alpha += 1;
    else arm.beta += 1;
  }

  /** What each is expected to win of a turn, 0–1. */
  get means(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#arms].map(([name, { alpha, beta }]) => [name, alpha / (alpha + beta)]),
    );
  }
}
