import type { Configuration } from '../space/dimension.ts';

/** A configuration that was trained, and what it came to. */
export interface Scored {
  readonly values: Configuration;
  /** Who suggested it. */
  readonly by: string;
  /** Epochs it was trained for. */
  readonly epochs: number;
  /** Below is better; `null` where it failed. */
  readonly score: number | null;
}

/**
 * All that was told of a search, the best first: what was trained for longer stands before what was
 * stopped earlier, since it was stopped for being behind; what failed comes last. So runs of every
 * length tell of one order.
 */
export class Archive {
  readonly #ranked: Scored[] = [];
  readonly #recent: Scored[] = [];
  readonly #keep: number;

  /** @param keep how many of the latest are remembered as such */
  constructor(keep: number) {
    this.#keep = keep;
  }

  get size(): number {
    return this.#ranked.length;
  }

  /** The best first. */
  get ranked(): readonly Scored[] {
    return this.#ranked;
  }

  /** The latest, the oldest of them first. */
  get recent(): readonly Scored[] {
    return this.#recent;
  }

  get best(): Scored | undefined {
    const [first] = this.#ranked;
    return first?.score === null ? undefined : first;
  }

  /** Takes one up; the share of the others that stand before it, 0–1. */
  add(told: Scored): number {
    const place = placeOf(told, this.#ranked);
    const share = this.#ranked.length === 0 ? 0 : place / this.#ranked.length;
    this.#ranked.splice(place, 0, told);
    this.#recent.push(told);
    if (this.#recent.length > this.#keep) this.#recent.shift();
    return share;
  }
}

/** Where it belongs, behind its equals. */
function placeOf(told: Scored, ranked: readonly Scored[]): number {
  let [low, high] = [0, ranked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = ranked[middle];
    if (other && isBefore(told, other)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Stands before the other. */
export function isBefore(a: Scored, b: Scored): boolean {
  if (a.score === null || b.score === null) return a.score !== null && b.score === null;
  return a.epochs === b.epochs ? a.score < b.score : a.epochs > b.epochs;
}
