import type { LineScan } from './lineScan.ts';

/**
 * Which runs of digits of a line make up a number: its whole part, its fraction, its exponent; -1
 * for one that is not there.
 */
export interface DecimalPlace {
  readonly whole: number;
  readonly fraction: number;
  readonly exponent: number;
  readonly exponentSign: 1 | -1;
}

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Whole numbers below this are doubles. */
const EXACT = 2 ** 53;
/** Any number of so many digits is below it. */
const MOST_DIGITS = 15;
/** Digits of the low half of a longer number. */
const LOW_DIGITS = 9;
const ZERO = 48;

/**
 * Writes the double nearest to a decimal number of the line that was scanned into `values[index]`,
 * as `Number` gives it, without making a string or any other object. Where its digits are a double,
 * one operation on exact numbers rounds once (Clinger 1990); beyond, the quotient is made with
 * twice the bits (Dekker 1971).
 */
export function writeDecimal(
  place: DecimalPlace,
  scan: LineScan,
  values: Float64Array,
  index: number,
): void {
  const { whole, fraction, exponent } = place;
  const scale = fraction < 0 ? 1 : (POWERS[scan.lengths[fraction] ?? 0] ?? NaN);
  const digits =
    (scan.values[whole] ?? NaN) * scale + (fraction < 0 ? 0 : (scan.values[fraction] ?? NaN));
  if (exponent < 0 && digits < EXACT) values[index] = digits / scale;
  else writeOther(place, scan, values, index);
}

/** With an exponent, or more digits. */
function writeOther(
  place: DecimalPlace,
  scan: LineScan,
  values: Float64Array,
  index: number,
): void {
  const { whole, fraction, exponent, exponentSign } = place;
  const decimals = fraction < 0 ? 0 : (scan.lengths[fraction] ?? 0);
  const power = (exponent < 0 ? 0 : exponentSign * (scan.values[exponent] ?? NaN)) - decimals;
  const digits =
    (scan.values[whole] ?? NaN) * (POWERS[decimals] ?? NaN) +
    (fraction < 0 ? 0 : (scan.values[fraction] ?? NaN));
  const value = digits < EXACT ? scaled(digits, power) : longDecimal(place, scan, power);
  values[index] = Number.isNaN(value) ? parsed(place, scan) : value;
}

function scaled(digits: number, power: number): number {
  const scale = POWERS[Math.abs(power)] ?? NaN;
  return power < 0 ? digits / scale : digits * scale;
}

/** `NaN` where it is too long for this, too. */
function longDecimal(
  { whole, fraction }: DecimalPlace,
  { lengths, places, values, bytes }: LineScan,
  power: number,
): number {
  const high = fraction < 0 || power >= 0 ? -1 : (lengths[fraction] ?? 0) - LOW_DIGITS;
  if (high < 0 || high + (lengths[whole] ?? 0) > MOST_DIGITS) return NaN;
  const start = places[fraction] ?? 0;
  return quotient(
    (values[whole] ?? NaN) * (POWERS[high] ?? NaN) + readDigits(bytes, start, start + high),
    readDigits(bytes, start + high, start + high + LOW_DIGITS),
    POWERS[-power] ?? NaN,
  );
}

function readDigits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) value = value * 10 + (bytes[i] ?? 0) - ZERO;
  return value;
}

/** (high · 10⁹ + low) / scale. */
function quotient(high: number, low: number, scale: number): number {
  const product = high * 1e9;
  const sum = product + low;
  const rest = lostIn(high, 1e9, product) + (low - (sum - product));
  const first = sum / scale;
  const back = first * scale;
  return first + (sum - back - lostIn(first, scale, back) + rest) / scale;
}

/** What rounding took from a product: a·b = product + this, exactly. */
function lostIn(a: number, b: number, product: number): number {
  const highA = highHalf(a);
  const highB = highHalf(b);
  const lowA = a - highA;
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** The upper 26 bits. */
function highHalf(a: number): number {
  const c = 134217729 * a;
  return c - (c - a);
}

const ascii = new TextDecoder('latin1');

function parsed(
  { whole, fraction, exponent }: DecimalPlace,
  { bytes, places, lengths }: LineScan,
): number {
  const last = Math.max(whole, fraction, exponent);
  return Number(
    ascii.decode(bytes.subarray(places[whole], (places[last] ?? 0) + (lengths[last] ?? 0))),
  );
}
