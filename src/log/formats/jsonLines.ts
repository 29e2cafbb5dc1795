import { readingOf, UNKNOWN_STEP } from '../logFormat.ts';
import type { LineReader, LogFormat, Reading, Sighting } from '../logFormat.ts';
import { NUMBER, NUMBER_ENDS, parseNumber } from '../numbers.ts';

/** Python writes `NaN` and `Infinity` into JSON; JSON has no such words. */
const BARE_WORD = /([:[,]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g;

/**
 * One JSON object a line: `{"epoch": 3, "loss": 0.31, "val_loss": 0.35}`; without an epoch, each
 * line is one.
 */
export const jsonLines: LogFormat = {
  name: 'JSON lines',
  start(): LineReader {
    let rows = 0;
    return {
      version: () => rows,
      read(line) {
        const object = parseObject(line.text);
        const sighting = object && sightingOf(object, line.text);
        if (!sighting) return null;
        if (sighting.epoch === null) rows += 1;
        return { ...sighting, epoch: sighting.epoch ?? rows, line: line.number };
      },
    };
  },
};

/** Places of more numbers are of no use: a line of so many has no shape, and is read in full. */
const MOST_PLACED = 64;

/** The object a line is; `null` when it is none. */
export function parseObject(text: string): Record<string, unknown> | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(trimmed.replace(BARE_WORD, '$1"$2"'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What one object of a log says; its epoch is `null` where it names none. */
export function sightingOf(
  object: Readonly<Record<string, unknown>>,
  text: string,
): (Omit<Sighting, 'epoch' | 'line'> & { readonly epoch: number | null }) | null {
  const found = flatten(object, '');
  const readings = found.length > MOST_PLACED ? found : found.map((one) => placed(one, text));
  if (readings.length === 0) return null;
  const epoch = epochOf(object);
  const stepping =
    epoch !== null &&
    Object.keys(object).some((key) => /^(?:global_?)?(?:step|iter(?:ation)?|batch)$/i.test(key));
  const epochAt = epoch === null ? -1 : (placeOf(text, 'epoch')?.at ?? -1);
  return { epoch, epochAt, readings, startsRun: false, step: stepping ? UNKNOWN_STEP : null };
}

/** A reading as the line writes it, where it can be found there. */
function placed(reading: Reading, text: string): Reading {
  const place = placeOf(text, reading.key);
  return place && Object.is(parseNumber(place.text), reading.value)
    ? readingOf({ ...reading, ...place })
    : reading;
}

const NUMBER_AFTER_NAME = new RegExp(String.raw`^\s{0,8}:\s{0,8}(${NUMBER})${NUMBER_ENDS}`, 'i');

/** The number after a name and its offset; `null` unless the name stands there once. */
function placeOf(text: string, key: string): { readonly at: number; readonly text: string } | null {
  const name = `"${key}"`;
  const from = text.indexOf(name);
  if (from < 0 || text.includes(name, from + 1)) return null;
  const [match = '', number] =
    NUMBER_AFTER_NAME.exec(text.slice(from + name.length, from + name.length + 60)) ?? [];
  return number === undefined
    ? null
    : { at: from + name.length + match.length - number.length, text: number };
}

const isEpoch = (key: string): boolean => /(?:^|[/._])epoch$/i.test(key);

function epochOf(object: Readonly<Record<string, unknown>>): number | null {
  const [, value] = Object.entries(object).find(([key]) => isEpoch(key)) ?? [];
  const epoch = typeof value === 'string' ? parseNumber(value) : value;
  return typeof epoch === 'number' && Number.isFinite(epoch) ? epoch : null;
}

function flatten(object: Readonly<Record<string, unknown>>, prefix: string): Reading[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}/${key}`;
    if (isEpoch(key)) return [];
    if (prefix === '' && typeof value === 'object' && value !== null && !Array.isArray(value))
      return flatten({ ...value }, name);
    const number =
      typeof value === 'number' ? value : typeof value === 'string' ? parseNumber(value) : null;
    return number === null
      ? []
      : [readingOf({ key: name, value: number, text: String(value), at: -1, cut: false })];
  });
}
