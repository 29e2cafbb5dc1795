import { Space } from '../../../src/search/space/space.ts';
import { SweepSearcher } from '../../../src/search/sweep/sweepSearcher.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { Configuration } from '../../../src/search/space/dimension.ts';
import type { Table } from './tables.ts';

type Entry = Table['entries'][number];
type PlayedEntry = Entry & { readonly by: string };

/** How a search is played: when it is enough, and who helps. */
interface Played extends Partial<
  Pick<ConstructorParameters<typeof SweepSearcher>[1], 'portfolio' | 'sources'>
> {
  readonly isEnough?: (played: readonly Entry[]) => boolean;
}

/** A table that is asked by configuration. */
export class TableGame {
  readonly space: Space;
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor({ dimensions, entries }: Table) {
    this.space = new Space(dimensions);
    this.#entries = new Map(entries.map((entry) => [this.space.keyOf(entry.values), entry]));
  }

  entry(values: Configuration): Entry {
    const entry = this.#entries.get(this.space.keyOf(values));
    if (!entry) throw new Error('The table does not hold what it was asked for.');
    return entry;
  }

  /** What Cortex's searcher asks for, in order. */
  search(
    queries: number,
    seed: number,
    { isEnough = () => false, portfolio = [], sources = {} }: Played = {},
  ): readonly PlayedEntry[] {
    const random = seededRandom(seed);
    const searcher = new SweepSearcher(this.space, { portfolio, sources, random });
    const played: PlayedEntry[] = [];
    while (played.length < queries && !isEnough(played)) {
      const asked = searcher.ask();
      if (!asked) throw new Error('The searcher has nothing left.');
      const entry = this.entry(asked.values);
      searcher.tell({ ...asked, epochs: 1, score: -entry.seen });
      played.push({ ...entry, by: asked.by });
    }
    return played;
  }

  /** All of the table, what was seen best first. */
  get ranked(): readonly Entry[] {
    return [...this.#entries.values()].toSorted((a, b) => b.seen - a.seen);
  }

  /**
   * Regularised evolution as NAS-Bench-201 ran it: a population of 10, the best of 3, one change.
   */
  evolve(queries: number, seed: number): readonly Entry[] {
    const random = seededRandom(seed);
    const played: Entry[] = [];
    for (let query = 0; query < queries; query += 1) {
      const population = played.slice(-10);
      const drawn = Array.from(
        { length: 3 },
        () => population[Math.floor(random.next() * population.length)],
      ).filter((one) => one !== undefined);
      const parent = drawn.toSorted((a, b) => b.seen - a.seen)[0];
      const values =
        population.length < 10 || !parent
          ? this.space.draw(random)
          : this.#mutate(parent.values, random);
      played.push(this.entry(values));
    }
    return played;
  }

  #mutate(values: Configuration, random: { next(): number }): Configuration {
    const { dimensions } = this.space;
    const dimension = dimensions[Math.floor(random.next() * dimensions.length)];
    if (dimension?.kind !== 'categorical') return values;
    const others = dimension.choices.filter((choice) => choice !== values[dimension.name]);
    return { ...values, [dimension.name]: others[Math.floor(random.next() * others.length)] ?? '' };
  }
}

/** The test value of what stands best by what was seen, after each query. */
export function incumbents(played: readonly Entry[]): readonly number[] {
  let best: Entry | undefined;
  return played.map((entry) => {
    if (!best || entry.seen > best.seen) best = entry;
    return best.test;
  });
}

/** The middle one. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
