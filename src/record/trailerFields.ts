import type * as z from 'zod';
import { decodeTrailer, trailerReader, type TrailerValues } from './trailers.ts';

/** The keys of an attempt's trailers, in the order in which they are written. */
export const trailerKeys = [
  'Cortex-Attempt',
  'Cortex-Number',
  'Cortex-Study',
  'Cortex-Kind',
  'Cortex-Title',
  'Cortex-Verdict',
  'Cortex-Failure',
  'Cortex-Metric',
  'Cortex-Measures',
  'Cortex-Noise',
  'Cortex-Effect',
  'Cortex-Confidence',
  'Cortex-Parent',
  'Cortex-Operator',
  'Cortex-Family',
  'Cortex-Proposer',
  'Cortex-Findings',
  'Cortex-Mismatches',
  'Cortex-Parameters',
  'Cortex-Fingerprint',
  'Cortex-Source',
  'Cortex-Data',
  'Cortex-Config',
  'Cortex-Model',
  'Cortex-Finished',
  'Cortex-Spent',
  'Cortex-Looks',
  'Cortex-Base',
  'Cortex-Owner',
  'Cortex-Left-Out',
  'Cortex-Version',
] as const;

/** Key of a trailer. */
export type TrailerKey = (typeof trailerKeys)[number];

/**
 * The texts that were read last, by their keys: most are the same from attempt to attempt, and are
 * kept once.
 */
export type LastTexts = Map<string, string>;

const read = trailerReader(trailerKeys);
const places = new Map<TrailerKey, number>(trailerKeys.map((key, place) => [key, place]));

/**
 * The trailers of a message as typed values; throws a `SyntaxError` for what is missing or damaged.
 * By hand, where one schema would do: a history has ten thousand times twenty of them, and keeps
 * nothing else of their messages.
 */
export class TrailerFields {
  readonly #values: TrailerValues;
  readonly #last: LastTexts;

  constructor(message: string, last: LastTexts) {
    this.#values = read(message);
    this.#last = last;
  }

  text(key: TrailerKey): string {
    const written = this.#written(key);
    const last = this.#last.get(key);
    if (last === written) return last;
    const own = detached(written);
    this.#last.set(key, own);
    return own;
  }

  textOrNull(key: TrailerKey): string | null {
    return this.#has(key) ? this.text(key) : null;
  }

  /** What stands between the blanks; nothing where nothing is written. */
  words(key: TrailerKey): readonly string[] {
    return this.#has(key) ? this.#written(key).split(' ').map(detached) : [];
  }

  choice<T extends string>(key: TrailerKey, choices: readonly T[]): T {
    const written = this.#written(key);
    return choices.find((choice) => choice === written) ?? damaged(key);
  }

  choiceOrNull<T extends string>(key: TrailerKey, choices: readonly T[]): T | null {
    return this.#has(key) ? this.choice(key, choices) : null;
  }

  number(key: TrailerKey, fits: (number: number) => boolean = Number.isFinite): number {
    const number = Number(this.#written(key));
    return fits(number) ? number : damaged(key);
  }

  numberOrNull(key: TrailerKey, fits?: (number: number) => boolean): number | null {
    return this.#has(key) ? this.number(key, fits) : null;
  }

  /** Milliseconds since the epoch. */
  date(key: TrailerKey): number {
    const time = Date.parse(this.#written(key));
    return Number.isNaN(time) ? damaged(key) : time;
  }

  json<T>(key: TrailerKey, schema: z.ZodType<T>): T {
    const checked = schema.safeParse(JSON.parse(this.#written(key)));
    return checked.success ? checked.data : damaged(key);
  }

  jsonOrNull<T>(key: TrailerKey, schema: z.ZodType<T>): T | null {
    return this.#has(key) ? this.json(key, schema) : null;
  }

  #written(key: TrailerKey): string {
    return decodeTrailer(this.#valueOf(key) ?? damaged(key));
  }

  #has(key: TrailerKey): boolean {
    return this.#valueOf(key) !== undefined;
  }

  #valueOf(key: TrailerKey): string | undefined {
    return this.#values[places.get(key) ?? -1];
  }
}

function damaged(key: TrailerKey): never {
  throw new SyntaxError(`the trailer ${key} is missing or damaged`);
}

/**
 * A copy: a slice keeps the whole text alive that it was cut from. Joining copies, and the slice is
 * one of the copy.
 */
const detached = (text: string): string => ` ${text}`.slice(1);
