import { parseNumber } from '../numbers.ts';
import { nameOf, scoped } from './names.ts';
import { reportOf, slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';
import { counterOf, scopeOf } from './words.ts';
import type { Scope } from './words.ts';
import { seriesName } from '../seriesName.ts';

/** Python writes `NaN` and `Infinity` into JSON; JSON has no such words. */
const BARE_WORD = /([:[,]\s{0,99})(-?(?:NaN|Infinity))(?=\s{0,99}[,}\]])/g;
/** Keys that say which part of the data an object is of. */
const SCOPE_KEY = /^(?:mode|phase|split|stage|subset|partition|dataset|set)$/i;
/** Objects in objects deeper than this are left aside. */
const DEEPEST = 4;

/** The object a text is; `null` when it is none. */
export function parseObject(text: string): Record<string, unknown> | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(trimmed.replace(BARE_WORD, '$1"$2"'));
    return isRecord(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A value with keys. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object of a log reports; `null` where it holds no number. */
export function parseReport(
  object: Readonly<Record<string, unknown>>,
  text: string,
  style: string,
): ParsedLine | null {
  const numbers = numbersIn(object, '', 0);
  if (numbers.length === 0 || 'train_runtime' in object) return null;
  const scope = scopeOfObject(object);
  const places = placesIn(text);
  const seen = new Set<string>();
  const slots = numbers.flatMap((number) => slotIn(number, { scope, places, seen }));
  return { ...reportOf(style, slots), words: kindOf(object) };
}

/** What an object of events says it is: `train_complete`. */
function kindOf(object: Readonly<Record<string, unknown>>): string {
  const kind = object['type'] ?? object['event'] ?? object['kind'];
  return typeof kind === 'string' && kind.length < 60 ? kind : '';
}

function scopeOfObject(object: Readonly<Record<string, unknown>>): Scope {
  for (const [key, value] of Object.entries(object))
    if (SCOPE_KEY.test(key) && typeof value === 'string') return scopeOf(value);
  return '';
}

interface Numbered {
  readonly key: string;
  readonly own: string;
  readonly value: number;
}

function numbersIn(
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  depth: number,
): Numbered[] {
  return Object.entries(object).flatMap(([own, value]): Numbered[] => {
    const key = prefix === '' ? own : `${prefix}/${own}`;
    const number = isRecord(value) ? meanOf(value) : numberOf(value);
    if (number !== null) return [{ key, own, value: number }];
    return isRecord(value) && depth < DEEPEST ? numbersIn(value, key, depth + 1) : [];
  });
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseNumber(value) : null;
}

/** `{"num": 8, "mean": 0.31, "std": 0.02}` is its mean. */
const meanOf = (value: Readonly<Record<string, unknown>>): number | null =>
  typeof value['mean'] === 'number' && 'std' in value ? value['mean'] : null;

function slotIn(
  { key, own, value }: Numbered,
  {
    scope,
    places,
    seen,
  }: {
    readonly scope: Scope;
    readonly places: ReadonlyMap<string, Place>;
    readonly seen: Set<string>;
  },
): Slot[] {
  const known = knownKey(key, scope);
  const { last, name, ofScope } = known;
  const counter = value >= 0 ? known.counter : null;
  const place = placeOf(places.get(own), value);
  if (counter !== null && !seen.has(counter + key)) {
    seen.add(counter + key);
    return [slotNamed({ role: counter, name: last, value, ...place })];
  }
  if (seen.has(name)) return [];
  seen.add(name);
  return [slotNamed({ role: 'measure', name, value, scope: ofScope, isScoped: true, ...place })];
}

interface KnownKey {
  readonly last: string;
  readonly counter: ReturnType<typeof counterOf>;
  readonly name: string;
  readonly ofScope: Scope;
}

/** Keys come again in every line; of more than these, none is remembered. */
const MOST_KEYS = 50_000;
const KEYS = new Map<string, KnownKey>();

function knownKey(key: string, scope: Scope): KnownKey {
  const known = KEYS.get(`${scope} ${key}`);
  if (known) return known;
  const last = key.split(/[/.]/).at(-1) ?? key;
  const made = {
    last,
    counter: counterOf(last),
    name: scope === '' ? seriesName(key) : scoped(scope, key),
    ofScope: nameOf([key]).scope,
  };
  if (KEYS.size >= MOST_KEYS) KEYS.clear();
  KEYS.set(`${scope} ${key}`, made);
  return made;
}

/** The number behind a key, as written, and its offset; -1 where the key stands there twice. */
type Place = Pick<Slot, 'at' | 'text'>;

const placeOf = (place: Place | undefined, value: number): Place =>
  place && place.at >= 0 && Object.is(parseNumber(place.text), value)
    ? place
    : { at: -1, text: String(value) };

/** Of each key of a line of JSON where its number stands. */
function placesIn(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const match of text.matchAll(KEY_AND_NUMBER)) {
    const [found, key = '', number = ''] = match;
    const at = places.has(key) || number === '' ? -1 : match.index + found.length - number.length;
    places.set(key, { at, text: number });
  }
  return places;
}

const KEY_AND_NUMBER =
  /"([^"\\]{1,200})"\s{0,8}:\s{0,8}(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|-?(?:NaN|Infinity))?/gi;
