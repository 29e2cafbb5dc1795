import type { LineScan } from './lineScan.ts';
import { NO_DECIMALS, decimalsOf } from './numbers.ts';
import { writeDecimal } from './writeDecimal.ts';
import type { DecimalPlace } from './writeDecimal.ts';

/** A number of a line: as written, where, and what it is. */
export interface PlacedNumber {
  readonly text: string;
  readonly at: number;
  readonly value: number;
}

/** Where every line of one shape has its numbers, so that none of them is read as text. */
export class NumberPlaces {
  private readonly runs: number;
  private readonly places: readonly NumberPlace[];
  /** Digits that are part of a name: a line with others there speaks of another series. */
  private readonly fixed: readonly FixedDigits[];

  private constructor(
    scan: LineScan,
    {
      places,
      fixed,
    }: { readonly places: readonly NumberPlace[]; readonly fixed: readonly FixedDigits[] },
  ) {
    this.runs = scan.runs;
    this.places = places;
    this.fixed = fixed;
  }

  /**
   * The places of the numbers of a scanned line that names `names`; `null` where its shape does not
   * tell them.
   */
  static of(
    scan: LineScan,
    numbers: readonly PlacedNumber[],
    names: readonly string[],
  ): NumberPlaces | null {
    if (Number.isNaN(scan.shape)) return null;
    const runs = scan.runsByOffset();
    const places = numbers.flatMap((number) => placeOf(scan, runs, number) ?? []);
    if (places.length !== numbers.length) return null;
    const found = new NumberPlaces(scan, { places, fixed: fixedDigits(scan, { places, names }) });
    const values = new Float64Array(places.length);
    const decimals = new Int8Array(places.length);
    return found.read(scan, values, decimals) &&
      numbers.every(
        ({ value, text }, i) => Object.is(values[i], value) && decimals[i] === decimalsOf(text),
      )
      ? found
      : null;
  }

  /** Reads the numbers of another line of the shape; false where it is not one. */
  read(scan: LineScan, values: Float64Array, decimals: Int8Array): boolean {
    if (scan.runs !== this.runs || !this.hasItsNames(scan)) return false;
    const { places } = this;
    let i = 0;
    for (const place of places) {
      if (place.isPlain) writeDecimal(place, scan, values, i);
      else writeOther(place, scan, values, i);
      decimals[i] = decimalsAt(place, scan);
      i += 1;
    }
    return true;
  }

  private hasItsNames({ values }: LineScan): boolean {
    for (const { run, value } of this.fixed) if (values[run] !== value) return false;
    return true;
  }
}

/** Digits of a name: which run of the line they are, and what they are. */
interface FixedDigits {
  readonly run: number;
  readonly value: number;
}

/** What a name may hold before its digits: `top5`, `mAP_0.5`, `acc@1`; letters and signs. */
const BEFORE_DIGITS = /\p{L}{1,12}[_@.-]{0,2}\d*[.:@_-]?$/u;

/** The runs of digits that stand inside a name. */
function fixedDigits(
  { bytes, start, places: begins, lengths, values, runs }: LineScan,
  { places, names }: { readonly places: readonly NumberPlace[]; readonly names: readonly string[] },
): readonly FixedDigits[] {
  const told = namesByDigits(names);
  if (told.size === 0) return [];
  const numbers = new Set(
    places.flatMap(({ whole, fraction, exponent }) => [whole, fraction, exponent]),
  );
  return Array.from({ length: runs }, (_, run) => run).flatMap((run): FixedDigits[] => {
    const begin = begins[run] ?? 0;
    const end = begin + (lengths[run] ?? 0);
    const text = wordsIn(bytes.subarray(Math.max(start, begin - 12), end));
    const digits = text.slice(text.length - (end - begin));
    const before = BEFORE_DIGITS.exec(text.slice(0, text.length - digits.length))?.[0] ?? '';
    const isNamed =
      before !== '' && told.get(digits)?.some((name) => name.includes(before + digits)) === true;
    return isNamed && !numbers.has(run) ? [{ run, value: values[run] ?? 0 }] : [];
  });
}

/** Names by each of the whole numbers inside them. */
function namesByDigits(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names)
    for (const [digits] of name.matchAll(/\d+/g)) {
      const others = found.get(digits) ?? [];
      found.set(digits, others);
      others.push(name.toLowerCase());
    }
  return found;
}

const decoder = new TextDecoder();

/** As names have them: `top 5` is `top_5`. */
const wordsIn = (bytes: Uint8Array): string =>
  decoder.decode(bytes).toLowerCase().replaceAll(' ', '_');

/** Where the digits of a number stand. */
interface NumberPlace extends DecimalPlace {
  readonly sign: 1 | -1;
  /** Finite, and with no minus. */
  readonly isPlain: boolean;
  /** What has no digits is the same in every line of the shape: `nan`, `inf`. */
  readonly constant: number | null;
}

const NOWHERE: NumberPlace = {
  whole: -1,
  fraction: -1,
  exponent: -1,
  exponentSign: 1,
  sign: 1,
  isPlain: false,
  constant: null,
};
const FORM = /^([-+]?)\d+(\.\d+)?(e([-+]?)\d+)?$/i;
const POINT = 46;

function placeOf(
  scan: LineScan,
  runs: ReadonlyMap<number, number>,
  { text, value, at }: PlacedNumber,
): NumberPlace | null {
  if (!Number.isFinite(value)) return /\d/.test(text) ? null : { ...NOWHERE, constant: value };
  const match = FORM.exec(text);
  const whole = match && at >= 0 ? runs.get(at + (match[1] ?? '').length) : undefined;
  return match && whole !== undefined ? placeAt(scan, whole, match) : null;
}

function placeAt(scan: LineScan, whole: number, match: RegExpExecArray): NumberPlace | null {
  const [, sign, fraction, exponent, exponentSign] = match;
  if (fraction === undefined && followerOf(scan, whole) === POINT) return null;
  const last = whole + Number(fraction !== undefined) + Number(exponent !== undefined);
  return {
    whole,
    fraction: fraction === undefined ? -1 : whole + 1,
    exponent: exponent === undefined ? -1 : last,
    exponentSign: signOf(exponentSign),
    sign: signOf(sign),
    isPlain: sign !== '-',
    constant: null,
  };
}

function writeOther(place: NumberPlace, scan: LineScan, values: Float64Array, at: number): void {
  if (place.constant === null) writeDecimal(place, scan, values, at);
  else values[at] = place.constant;
  if (place.sign < 0) values[at] = -(values[at] ?? NaN);
}

const signOf = (text: string | undefined): 1 | -1 => (text === '-' ? -1 : 1);

const followerOf = ({ bytes, places, lengths }: LineScan, run: number): number =>
  bytes[(places[run] ?? 0) + (lengths[run] ?? 0)] ?? 0;

function decimalsAt({ fraction, exponent, constant }: NumberPlace, { lengths }: LineScan): number {
  if (exponent >= 0 || constant !== null) return NO_DECIMALS;
  return fraction < 0 ? 0 : (lengths[fraction] ?? 0);
}
