import type { Random } from '../../ports/random.ts';
import type { Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';
import { Archive, type Scored } from './archive.ts';
import { corners } from './corners.ts';
import { Bandit } from './bandit.ts';
import { suggestByEvolution, suggestNearBest } from './evolution.ts';
import { processOf } from './gaussian.ts';
import { suggestByDensity } from './parzen.ts';

/** A configuration to train next, and who suggested it. */
export interface Suggestion {
  readonly values: Configuration;
  readonly by: string;
}

/** What a search starts from, besides its space. */
export interface SweepPlan {
  /** Tried first, in this order. */
  readonly portfolio: readonly Configuration[];
  /** Guests: further sources of suggestions, such as a language model. */
  readonly sources?: Readonly<Record<string, Source>>;
  readonly random: Random;
}

/** Somebody who suggests; nothing where he has nothing left. */
type Source = (archive: Archive) => Configuration | null;

const PORTFOLIO = 'portfolio';
/** Of the latest, as many can be parents. */
const POPULATION = 60;
/** A suggestion pays where it stands among this share of what was told. */
const PAYS = 0.2;
/** Of all suggestions, no guest has a larger share. */
const MOST_OF_A_GUEST = 0.3;
/** How often somebody may suggest what was tried before it is another's turn. */
const MOST_TRIES = 30;
/** A space of so many is gone through to its end. */
const MOST_LISTED = 20_000;

/**
 * Asks and tells over a mixed space: a portfolio first, then a density model, evolution and local
 * search, between which a bandit shares the budget. The same random source, told the same in the
 * same order, suggests the same.
 */
export class SweepSearcher {
  readonly archive = new Archive(POPULATION);
  readonly #space: Space;
  readonly #random: Random;
  readonly #sources: Readonly<Record<string, Source>>;
  readonly #bandit: Bandit;
  readonly #seen = new Set<string>();
  readonly #waiting: Configuration[];
  /** Turns that each guest had. */
  readonly #guests: Map<string, number>;
  /** Guests who had no turn yet: each is heard once, and earns the next. */
  readonly #unheard: string[];

  constructor(space: Space, { portfolio, sources = {}, random }: SweepPlan) {
    this.#space = space;
    this.#random = random;
    this.#waiting = portfolio.length > 0 ? [...portfolio] : [...corners(space)];
    const isSeen = (values: Configuration): boolean => this.#seen.has(space.keyOf(values));
    this.#sources = {
      process: processOf(space, { random, isSeen }),
      density: (archive) => suggestByDensity(space, archive, random),
      evolution: (archive) => suggestByEvolution(space, archive, random),
      'local search': (archive) => suggestNearBest(space, archive, random),
      chance: () => space.draw(random),
      ...sources,
    };
    this.#unheard = Object.keys(sources);
    this.#guests = new Map(this.#unheard.map((name) => [name, 0]));
    this.#bandit = new Bandit(Object.keys(this.#sources), ['process']);
  }

  /** What each source is expected to win of a turn, 0–1. */
  get shares(): Readonly<Record<string, number>> {
    return this.#bandit.means;
  }

  /** Starting configurations that are still to be tried. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The next one; `null` where all there are were asked for. */
  ask(): Suggestion | null {
    const asked = this.#next();
    const turns = asked && this.#guests.get(asked.by);
    if (asked && typeof turns === 'number') this.#guests.set(asked.by, turns + 1);
    return asked;
  }

  #next(): Suggestion | null {
    for (let values = this.#waiting.shift(); values; values = this.#waiting.shift())
      if (this.#isNew(values)) return { values, by: PORTFOLIO };
    return this.#unheardGuest() ?? this.#turn() ?? this.#from('chance') ?? this.#left();
  }

  /** A guest who has nothing to say yet is asked again. */
  #unheardGuest(): Suggestion | null {
    const [guest] = this.#unheard;
    const heard = guest === undefined ? null : this.#from(guest);
    if (heard) this.#unheard.shift();
    return heard;
  }

  /** By the bandit; where a guest has had enough, or says nothing, it is another's turn. */
  #turn(): Suggestion | null {
    const by = this.#bandit.choose(this.#random, this.#unheard);
    const turns = this.#guests.get(by);
    if (turns === undefined) return this.#from(by);
    const suggested = turns < MOST_OF_A_GUEST * this.#seen.size ? this.#from(by) : null;
    return suggested ?? this.#from(this.#bandit.choose(this.#random, [...this.#guests.keys()]));
  }

  /** Of a small space: what nobody came upon. */
  #left(): Suggestion | null {
    if (this.#space.size > MOST_LISTED) return null;
    for (const values of this.#space.all())
      if (this.#isNew(values)) return { values, by: 'what is left' };
    return null;
  }

  /** What a configuration came to, of its own or of an earlier search. */
  tell(told: Scored): void {
    this.#seen.add(this.#space.keyOf(told.values));
    const share = this.archive.add(told);
    this.#bandit.reward(told.by, told.score !== null && share <= PAYS);
  }

  #from(by: string): Suggestion | null {
    const source = this.#sources[by];
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const values = source?.(this.archive);
      if (!values) return null;
      if (this.#isNew(values)) return { values, by };
    }
    return null;
  }

  /** From now on it counts as asked for. */
  #isNew(values: Configuration): boolean {
    const key = this.#space.keyOf(values);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}
