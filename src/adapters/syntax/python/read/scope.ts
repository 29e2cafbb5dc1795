import { starMember, wellKnown } from './library.ts';
import { unknown } from './values.ts';
import type { Names, Py } from './py.ts';

/** Names and what they stand for, inner scopes first. */
export class Scope implements Names {
  readonly parent: Names | null;
  readonly #values = new Map<string, Py>();
  /** Modules of which everything was imported: `from keras.layers import *`. */
  readonly #stars: string[] = [];

  constructor(parent: Names | null) {
    this.parent = parent;
  }

  assign(name: string, value: Py): void {
    this.#values.set(name, value);
  }

  /** A path of the library, or the module as it is written where it is the user's own. */
  importEverything(path: string): void {
    this.#stars.unshift(path);
  }

  /** What a name stands for; the library where nothing binds one of its usual names. */
  read(name: string): Py {
    const found = this.#find(name);
    const usual = wellKnown(name);
    if (found && !(usual && isOpen(found))) return found;
    return usual ?? found ?? this.#foreign(name);
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  own(): ReadonlyMap<string, Py> {
    return this.#values;
  }

  restore(values: ReadonlyMap<string, Py>): void {
    for (const [name, value] of values) this.#values.set(name, value);
  }

  /** Every name that can be seen from here. */
  *names(): Generator<[string, Py]> {
    yield* this.#values;
    if (this.parent) yield* this.parent.names();
  }

  stars(): readonly string[] {
    return [...this.#stars, ...(this.parent?.stars() ?? [])];
  }

  #find(name: string): Py | undefined {
    return (
      this.#values.get(name) ??
      this.parent?.readBound(name) ??
      this.#stars.map((star) => starMember(star, name)).find((member) => member !== null) ??
      undefined
    );
  }

  /** A name that may come from a file of which everything was imported. */
  #foreign(name: string): Py {
    const from = this.stars().find((star) => !/^(keras|tf|torch|numpy|math)\b/.test(star));
    return from === undefined ? unknown(name) : { kind: 'unknown', text: name, from };
  }

  readBound(name: string): Py | undefined {
    return this.#find(name);
  }
}

/** Not set yet, or by something that is not in the source. */
const isOpen = (value: Py): boolean =>
  value.kind === 'unknown' || (value.kind === 'constant' && value.value === null);
