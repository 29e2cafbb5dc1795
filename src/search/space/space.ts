import type { Random } from '../../ports/random.ts';
import { drawValue, fromUnit, toUnit } from './dimension.ts';
import type { Configuration, Dimension, Value } from './dimension.ts';

/** Chance that a random configuration leaves a number as it is in the model file. */
const KEEPS = 0.5;
/** Deviation of a small step, in shares of a dimension's whole width. */
const STEP = 0.12;
/** Two steps may lead back to where they began. */
const MOST_STEPS = 5;

/**
 * What is searched: a mixed vector, some parts of which are looked at only where others have a
 * value. A dimension comes after the one that it depends on.
 */
export class Space {
  readonly dimensions: readonly Dimension[];
  readonly #byName: ReadonlyMap<string, Dimension>;

  constructor(dimensions: readonly Dimension[]) {
    this.dimensions = dimensions.filter((dimension) => sizeOf(dimension) > 1);
    this.#byName = new Map(this.dimensions.map((dimension) => [dimension.name, dimension]));
  }

  /** The model file as it is. */
  get start(): Configuration {
    return this.complete({});
  }

  /** How many configurations there are; `Infinity` where a number is real. */
  get size(): number {
    return this.dimensions.reduce((size, dimension) => size * sizeOf(dimension), 1);
  }

  dimension(name: string): Dimension | undefined {
    return this.#byName.get(name);
  }

  /** What a configuration says of a dimension, its first value where it says nothing. */
  valueOf(configuration: Configuration, { name, initial }: Dimension): Value {
    return configuration[name] ?? initial;
  }

  isActive(dimension: Dimension, configuration: Configuration): boolean {
    const { when } = dimension;
    if (!when) return true;
    const other = this.#byName.get(when.name);
    return (
      other !== undefined &&
      this.isActive(other, configuration) &&
      when.is.includes(this.valueOf(configuration, other))
    );
  }

  /** The dimensions that are looked at. */
  active(configuration: Configuration): readonly Dimension[] {
    return this.dimensions.filter((dimension) => this.isActive(dimension, configuration));
  }

  /** Every active dimension with its value, and nothing else. */
  complete(configuration: Configuration): Configuration {
    const complete: Record<string, Value> = {};
    for (const dimension of this.dimensions)
      if (looksAt(dimension, complete))
        complete[dimension.name] = this.valueOf(configuration, dimension);
    return complete;
  }

  /** Equal for equal configurations. */
  keyOf(configuration: Configuration): string {
    const complete = this.complete(configuration);
    return JSON.stringify(this.dimensions.map(({ name }) => complete[name] ?? null));
  }

  /** Where a configuration differs from the model file. */
  changesOf(configuration: Configuration): readonly Dimension[] {
    return this.active(configuration).filter(
      (dimension) => this.valueOf(configuration, dimension) !== dimension.initial,
    );
  }

  /** All there are, one after the other; only of a space whose size is finite. */
  *all(): Iterable<Configuration> {
    const values = this.dimensions.map(valuesOf);
    const turns = values.map(() => 0);
    for (let place = 0; place >= 0;) {
      const taken = this.dimensions.map(({ name }, index) => [
        name,
        values[index]?.[turns[index] ?? 0] ?? 0,
      ]);
      yield this.complete(Object.fromEntries(taken) as Configuration);
      place = turns.findIndex((turn, index) => turn + 1 < (values[index]?.length ?? 0));
      for (let index = 0; index < place; index += 1) turns[index] = 0;
      if (place >= 0) turns[place] = (turns[place] ?? 0) + 1;
    }
  }

  /** A configuration by chance, near enough to the model file to be about it. */
  draw(random: Random): Configuration {
    const drawn = this.dimensions.map((dimension) => {
      const keeps = dimension.kind !== 'categorical' && random.next() < KEEPS;
      return [dimension.name, keeps ? dimension.initial : drawValue(dimension, random)] as const;
    });
    return this.complete(Object.fromEntries(drawn));
  }

  /** A step from a configuration in one or two active dimensions: another configuration. */
  neighbour(configuration: Configuration, random: Random): Configuration {
    const own = this.complete(configuration);
    for (let tries = 0; tries < MOST_STEPS; tries += 1) {
      const moved = this.#move(own, random);
      if (this.dimensions.some(({ name }) => moved[name] !== own[name])) return moved;
    }
    return this.draw(random);
  }

  #move(configuration: Configuration, random: Random): Configuration {
    const steps = random.next() < 0.5 ? 1 : 2;
    let moved = configuration;
    for (let step = 0; step < steps; step += 1) {
      const active = this.active(moved);
      const dimension = active[Math.floor(random.next() * active.length)];
      if (dimension) moved = { ...moved, [dimension.name]: this.#step(dimension, moved, random) };
    }
    return this.complete(moved);
  }

  #step(dimension: Dimension, configuration: Configuration, random: Random): Value {
    const value = this.valueOf(configuration, dimension);
    if (dimension.kind === 'categorical') {
      const others = dimension.choices.filter((choice) => choice !== value);
      return others[Math.floor(random.next() * others.length)] ?? value;
    }
    const place = toUnit(dimension, Number(value));
    const moved = fromUnit(dimension, place + STEP * normal(random));
    return moved === value ? fromUnit(dimension, random.next()) : moved;
  }
}

/** Whether a dimension is looked at, by what those before it take where they are looked at. */
function looksAt({ when }: Dimension, before: Configuration): boolean {
  if (!when) return true;
  const value = before[when.name];
  return value !== undefined && when.is.includes(value);
}

/** Of a dimension with a finite number of them. */
function valuesOf(dimension: Dimension): readonly Value[] {
  if (dimension.kind === 'categorical') return dimension.choices;
  const first = Math.ceil(dimension.low);
  return Array.from({ length: sizeOf(dimension) }, (_, index) => first + index);
}

function sizeOf(dimension: Dimension): number {
  if (dimension.kind === 'categorical') return new Set(dimension.choices).size;
  const { kind, low, high } = dimension;
  if (!(high > low)) return 1;
  return kind === 'integer' ? Math.floor(high) - Math.ceil(low) + 1 : Infinity;
}

/** Standard normal, by Box and Muller. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
