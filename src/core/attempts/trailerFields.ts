import type * as z from 'zod';
import type { Trailers } from './trailers.ts';

/** The texts that were read last, by their keys: most are the same from attempt to attempt, and are kept once. */
export type LastTexts = Map<string, string>;

/**
 * Trailers as typed values; throws a `SyntaxError` for what is missing or damaged. By hand, where one schema would do: a history has
 * ten thousand times twenty of them, and keeps nothing else of their messages.
 */
export class TrailerFields {
  readonly #trailers: Trailers;
  readonly #last: LastTexts;

  constructor(trailers: Trailers, last: LastTexts) {
    this.#trailers = trailers;
    this.#last = last;
  }

  text(key: string): string {
    const written = this.#written(key);
    const last = this.#last.get(key);
    if (last === written) return last;
    const own = detached(written);
    this.#last.set(key, own);
    return own;
  }

  textOrNull(key: string): string | null {
    return this.#trailers.has(key) ? this.text(key) : null;
  }

  /** What stands between the blanks; nothing where nothing is written. */
  words(key: string): readonly string[] {
    return this.#trailers.get(key)?.split(' ').map(detached) ?? [];
  }

  choice<T extends string>(key: string, choices: readonly T[]): T {
    const written = this.#written(key);
    return choices.find((choice) => choice === written) ?? damaged(key);
  }

  choiceOrNull<T extends string>(key: string, choices: readonly T[]): T | null {
    return this.#trailers.has(key) ? this.choice(key, choices) : null;
  }

  number(key: string, fits: (number: number) => boolean = Number.isFinite): number {
    const number = Number(this.#written(key));
    return fits(number) ? number : damaged(key);
  }

  numberOrNull(key: string, fits?: (number: number) => boolean): number | null {
    return this.#trailers.has(key) ? this.number(key, fits) : null;
  }

  /** Milliseconds since the epoch. */
  date(key: string): number {
    const time = Date.parse(this.#written(key));
    return Number.isNaN(time) ? damaged(key) : time;
  }

  json<T>(key: string, schema: z.ZodType<T>): T {
    const read = schema.safeParse(JSON.parse(this.#written(key)));
    return read.success ? read.data : damaged(key);
  }

  jsonOrNull<T>(key: string, schema: z.ZodType<T>): T | null {
    return this.#trailers.has(key) ? this.json(key, schema) : null;
  }

  #written(key: string): string {
    return this.#trailers.get(key) ?? damaged(key);
  }
}

function damaged(key: string): never {
  throw new SyntaxError(`the trailer ${key} is missing or damaged`);
}

/** A copy: a slice keeps the whole text alive that it was cut from. Joining copies, and the slice is one of the copy. */
const detached = (text: string): string => ` ${text}`.slice(1);
