import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LeaseBook, type Lease } from '../../../src/execution/leaseBook.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const LATER = 100;

/** A lease that has to be there. */
function held(lease: Lease | null): Lease {
  assert.ok(lease);
  return lease;
}

describe('a book of leases', () => {
  test('hands trials out in their order, each to one worker', () => {
    const book = new LeaseBook({ trials: 3, mostLeases: 2 });
    assert.deepEqual(book.take(0, 2, LATER)?.places, [0, 1]);
    assert.deepEqual(book.take(1, 2, LATER)?.places, [2]);
    assert.equal(book.take(1, 2, LATER), null);
  });

  test('hands out again what a lost worker did not bring, first of all', () => {
    const book = new LeaseBook({ trials: 4, mostLeases: 2 });
    const lease = held(book.take(0, 2, LATER));
    book.arrive(0);
    assert.deepEqual(book.lose(lease), [1]);
    assert.deepEqual(book.take(1, 3, LATER)?.places, [1, 2, 3]);
  });

  test('gives a trial up that was leased as often as may be', () => {
    const book = new LeaseBook({ trials: 1, mostLeases: 2 });
    assert.deepEqual(book.lose(held(book.take(0, 1, LATER))), [0]);
    assert.deepEqual(book.lose(held(book.take(1, 1, LATER))), []);
    assert.equal(book.isSettled, true);
  });

  test('counts a trial once, whoever brings it, and however late', () => {
    const book = new LeaseBook({ trials: 1, mostLeases: 3 });
    const slow = held(book.take(0, 1, 10));
    assert.deepEqual(book.expired(10), [slow]);
    book.lose(slow);
    const next = held(book.take(1, 1, LATER));
    assert.equal(book.arrive(0), true);
    assert.equal(book.arrive(0), false);
    assert.deepEqual(book.lose(next), []);
    assert.equal(book.isSettled, true);
  });

  test('a late result takes a trial back that waits for its next worker', () => {
    const book = new LeaseBook({ trials: 1, mostLeases: 3 });
    book.lose(held(book.take(0, 1, 10)));
    book.arrive(0);
    assert.equal(book.take(1, 1, LATER), null);
  });

  test('a lease that is renewed has not expired', () => {
    const book = new LeaseBook({ trials: 1, mostLeases: 3 });
    const lease = held(book.take(0, 1, 10));
    book.renew(lease, 20);
    assert.deepEqual(book.expired(19), []);
    assert.deepEqual(book.expired(20), [lease]);
  });

  test('after it is withdrawn nothing is handed out, lost trials neither', () => {
    const book = new LeaseBook({ trials: 3, mostLeases: 3 });
    const lease = held(book.take(0, 1, LATER));
    book.withdraw();
    assert.equal(book.isSettled, false);
    assert.deepEqual(book.lose(lease), []);
    assert.equal(book.take(0, 1, LATER), null);
    assert.equal(book.isSettled, true);
  });
});

/** Workers that die, are late, or say a thing twice, as a seed decides. */
class Storm {
  readonly book: LeaseBook;
  readonly counted = new Map<number, number>();
  readonly lost = new Map<number, number>();
  readonly #random: () => number;
  readonly #workers: number;
  readonly #together: number;
  /** Leases that somebody may still bring trials of, lost ones among them. */
  #talking: readonly Lease[] = [];
  #live: readonly Lease[] = [];
  #now = 0;

  constructor(seed: number, terms: { trials: number; mostLeases: number; together: number }) {
    const random = seededRandom(seed);
    this.#random = () => random.next();
    this.#workers = 1 + Math.floor(this.#random() * 4);
    this.#together = terms.together;
    this.book = new LeaseBook(terms);
  }

  /** Until everything is settled; each step one thing happens to one worker. */
  rage(steps: number): void {
    for (let step = 0; step < steps && !this.book.isSettled; step += 1) this.#step();
  }

  #step(): void {
    this.#now += 1;
    const worker = Math.floor(this.#random() * this.#workers);
    const lease = this.#live.find((each) => each.worker === worker);
    if (!lease) return this.#take(worker);
    const chance = this.#random();
    if (chance < 0.5) this.#bring(lease);
    else if (chance < 0.65) this.#lose(lease);
    else if (chance < 0.75) this.book.renew(lease, this.#now + 5);
    else if (chance < 0.85) for (const late of this.book.expired(this.#now)) this.#lose(late);
    else this.#bringLate();
  }

  #take(worker: number): void {
    const lease = this.book.take(worker, this.#together, this.#now + 5);
    if (!lease) return;
    const others = this.#live.flatMap(({ places }) => places);
    for (const place of lease.places) assert.ok(!others.includes(place), 'leased twice at a time');
    this.#live = [...this.#live, lease];
    this.#talking = [...this.#talking, lease];
  }

  #bring(lease: Lease): void {
    const missing = lease.places.filter((place) => !this.counted.has(place));
    const [place] = missing;
    if (place !== undefined) this.#arrive(place);
    if (missing.length > 1) return;
    this.book.end(lease);
    this.#live = this.#live.filter(({ id }) => id !== lease.id);
  }

  #bringLate(): void {
    const lease = this.#talking[Math.floor(this.#random() * this.#talking.length)];
    const place = lease?.places[Math.floor(this.#random() * lease.places.length)];
    if (place !== undefined) this.#arrive(place);
  }

  #arrive(place: number): void {
    if (this.book.arrive(place)) this.counted.set(place, (this.counted.get(place) ?? 0) + 1);
  }

  #lose(lease: Lease): void {
    const missing = lease.places.filter((place) => !this.counted.has(place));
    for (const place of missing) this.lost.set(place, (this.lost.get(place) ?? 0) + 1);
    this.book.lose(lease);
    this.#live = this.#live.filter(({ id }) => id !== lease.id);
  }
}

test('whatever happens to the workers, each trial counts once, or is lost as often as may be', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const trials = 1 + (seed % 9);
    const mostLeases = 1 + (seed % 3);
    const together = 1 + (seed % 2);
    const storm = new Storm(seed, { trials, mostLeases, together });
    storm.rage(10_000);
    assert.ok(storm.book.isSettled, `seed ${seed} came to no end`);
    for (let place = 0; place < trials; place += 1)
      requireFate(storm, place, together === 1 ? mostLeases : 1);
  }
});

/** @param least how often a trial that did not count was lost; those leased together go together */
function requireFate(storm: Storm, place: number, least: number): void {
  const counted = storm.counted.get(place) ?? 0;
  const lost = storm.lost.get(place) ?? 0;
  assert.ok(counted <= 1, `trial ${place} counted ${counted} times`);
  assert.ok(counted === 1 || lost >= least, `trial ${place} was lost ${lost} times, then vanished`);
}
