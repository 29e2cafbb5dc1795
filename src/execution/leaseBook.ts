/** A worker's hold on some trials of a job, named by their places in it. */
export interface Lease {
  readonly id: number;
  readonly worker: number;
  readonly places: readonly number[];
}

/** How a job's trials are handed out. */
interface Terms {
  readonly trials: number;
  /** How often one trial may be leased in all, at least 1. */
  readonly mostLeases: number;
}

/**
 * Who trains which trials of a job, until when: every trial is with one worker at most, counts
 * once, and comes back when its worker is lost. Time is what it is told; nothing is started here.
 */
export class LeaseBook {
  readonly #mostLeases: number;
  readonly #leased: number[];
  readonly #arrived = new Set<number>();
  readonly #held = new Map<number, { readonly lease: Lease; until: number }>();
  #open: readonly number[];
  #leases = 0;
  #isWithdrawn = false;

  constructor({ trials, mostLeases }: Terms) {
    this.#mostLeases = mostLeases;
    this.#open = [...Array(trials).keys()];
    this.#leased = this.#open.map(() => 0);
  }

  /** Trials that nobody has. */
  get open(): number {
    return this.#open.length;
  }

  /** Nothing is left to hand out or to wait for. */
  get isSettled(): boolean {
    return this.#open.length === 0 && this.#held.size === 0;
  }

  /** Up to `most` open trials, in their order; `null` where there are none. */
  take(worker: number, most: number, until: number): Lease | null {
    const places = this.#open.slice(0, most);
    if (places.length === 0) return null;
    this.#open = this.#open.slice(most);
    for (const place of places) this.#leased[place] = (this.#leased[place] ?? 0) + 1;
    this.#leases += 1;
    const lease = { id: this.#leases, worker, places };
    this.#held.set(lease.id, { lease, until });
    return lease;
  }

  /** The worker of a lease has been heard of; nothing happens where it has lost it. */
  renew({ id }: Lease, until: number): void {
    const held = this.#held.get(id);
    if (held) held.until = until;
  }

  /** A trial's result is here, from whomever; `false` where it was here before. */
  arrive(place: number): boolean {
    if (this.#arrived.has(place)) return false;
    this.#arrived.add(place);
    this.#open = this.#open.filter((open) => open !== place);
    return true;
  }

  /** A lease has come to its end; what it did not bring is not trained. */
  end({ id }: Lease): void {
    this.#held.delete(id);
  }

  /**
   * The worker of a lease is gone: the trials that are handed out again, none where one of them was
   * leased as often as may be. Nothing happens where the worker has lost it already.
   */
  lose({ id, places }: Lease): readonly number[] {
    if (!this.#held.delete(id) || this.#isWithdrawn) return [];
    const missing = places.filter((place) => !this.#arrived.has(place));
    if (missing.some((place) => (this.#leased[place] ?? 0) >= this.#mostLeases)) return [];
    this.#open = [...missing, ...this.#open].toSorted((a, b) => a - b);
    return missing;
  }

  /** Leases whose workers have not been heard of in time. */
  expired(now: number): readonly Lease[] {
    return [...this.#held.values()].flatMap(({ lease, until }) => (until <= now ? [lease] : []));
  }

  /** Nothing more is handed out. */
  withdraw(): void {
    this.#isWithdrawn = true;
    this.#open = [];
  }
}
