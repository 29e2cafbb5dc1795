import { shareOf } from './knownLine.ts';
import { readingOf } from './logFormat.ts';
import type { LogLine, Reading } from './logFormat.ts';
import { NUMBER, NUMBER_ENDS, parseNumber } from './numbers.ts';
import { isKnownName, isScope } from './seriesName.ts';

const SECTION = String.raw`(?<![\w./@-])(?<section>train|training|val|valid|validation|dev|eval|test)(?:\s{0,4}[:|\]>]{1,3}|\s{1,4}-{1,2}\s)\s{0,4}(?=[a-z])`;
const PAIR =
  String.raw`(?<![\w./@-])(?:(?<before>[a-z]+)\.? )?(?<key>[a-z][\w./@-]*)['"]?(?<sign>\s{0,16}[:=]\s{0,16}|\s{1,16})` +
  String.raw`(?<number>${NUMBER})(?<percent>%?)${NUMBER_ENDS}`;
const TOKEN = new RegExp(`${SECTION}|${PAIR}`, 'gi');

/**
 * Words before a name that say nothing about which series it is; some are the value of the one
 * before.
 */
const NEUTRAL =
  /^(?:avg|average|mean|running|total|overall|epoch|info|debug|done|finished|completed?|with|and|the|has|had|step|null|none|nil)$/i;
const COUNTERS = /^(?:epochs?|ep|steps?|iter(?:ation)?|batch|eta|time|samples|lr|learning_rate)$/i;
/** After a number at the end of a cut line: it may have gone on. */
const MAY_GO_ON = /^[.,:/%-]*$/;

interface Scan {
  readonly line: LogLine;
  /**
   * The part of the data the words so far speak of: `val: loss 0.35 acc 0.9`, `Val Loss: 0.35 Acc:
   * 0.9`.
   */
  scope: string;
}

/**
 * The named numbers in a line from position `from` on: `loss: 0.31`, `val_loss=0.35`, `'acc': 1`,
 * and `train 0.31` for names that are known.
 */
export function readPairs(line: LogLine, from = 0): Reading[] {
  // LightGBM's `valid_0's auc`: one name, of the same length.
  const text = line.text.replaceAll("'s ", '___');
  const scan: Scan = { line, scope: '' };
  const readings = new Map<string, Reading>();
  for (const match of text.slice(from).matchAll(TOKEN)) {
    const reading = readToken(scan, match, from);
    if (reading && !readings.has(reading.key)) readings.set(reading.key, reading);
  }
  return [...readings.values()];
}

function readToken(scan: Scan, match: RegExpExecArray, from: number): Reading | null {
  const { section, before, key = '', sign = '', number = '', percent } = match.groups ?? {};
  if (section !== undefined) {
    scan.scope = section;
    return null;
  }
  const value = parseNumber(number);
  if (value === null || isCounter(key)) return null;
  const name = fullName(scan, before ?? '', key);
  if (sign.trim() === '' && !isKnownName(name)) return null;
  const end = from + match.index + match[0].length;
  const rest = scan.line.text.slice(end);
  const at = end - (percent?.length ?? 0) - number.length;
  const cut = !scan.line.terminated && MAY_GO_ON.test(rest);
  return readingOf({
    key: name,
    value: percent === '%' ? shareOf(value) : value,
    text: number,
    at,
    cut,
  });
}

const isCounter = (key: string): boolean =>
  COUNTERS.test(key) && !/^(?:lr|learning_rate)$/i.test(key);

function fullName(scan: Scan, before: string, key: string): string {
  if (before !== '' && isScope(before)) {
    if (before.toLowerCase() !== 'best') scan.scope = before;
    return `${before}_${key}`;
  }
  if (before !== '' && !NEUTRAL.test(before)) return `${before}_${key}`;
  if (scan.scope === '' || COUNTERS.test(key) || isScope(key.split(/[/._-]/)[0] ?? '')) return key;
  return `${scan.scope}_${key}`;
}
