import type { Habit } from './habit.ts';
import type { LineScan } from './lineScan.ts';
import { UNKNOWN_STEP } from './logFormat.ts';
import type { Reading, Sighting } from './logFormat.ts';
import { NO_DECIMALS } from './numbers.ts';
import { writeDecimal } from './writeDecimal.ts';
import type { DecimalPlace } from './writeDecimal.ts';

/**
 * The lines of one shape, and the last of them, read. It is written over and over: nothing is made
 * anew for one of millions of lines.
 */
export class KnownLine {
  /** Which reader knows the shape. */
  readonly candidate: number;
  readonly keys: readonly string[];
  epoch = NaN;
  line = 0;
  /**
   * It speaks of a step inside the epoch; its number and how many there are, 0 where that is not
   * said.
   */
  readonly isStep: boolean;
  step = NaN;
  steps = 0;
  readonly startsRun: boolean;
  readonly values: Float64Array;
  /** Digits after each number's point; -1 with an exponent, or where it is not finite. */
  readonly decimals: Int32Array;
  /** What its collector knows of each key. */
  readonly habits: Habit[] = [];
  private readonly runs: number;
  private readonly epochRun: number;
  private readonly stepRun: number;
  private readonly hasSteps: boolean;
  private readonly places: readonly NumberPlace[];

  private constructor(
    scan: LineScan,
    candidate: number,
    { epochAt, readings, step, startsRun }: Sighting,
  ) {
    this.candidate = candidate;
    this.runs = scan.runs;
    this.keys = readings.map(({ key }) => key);
    this.places = readings.flatMap((reading) => placeOf(scan, reading) ?? []);
    this.values = new Float64Array(readings.length);
    this.decimals = new Int32Array(readings.length);
    this.epochRun = wholeNumberAt(scan, epochAt);
    this.isStep = step !== null;
    this.stepRun = step ? scan.runAt(step.at) : -1;
    this.hasSteps = step !== null && step.steps !== null;
    this.startsRun = startsRun;
  }

  /**
   * What a sighting tells of its line's shape; `null` where the shape does not tell what was seen.
   */
  static of(scan: LineScan, candidate: number, sighting: Sighting): KnownLine | null {
    const known = new KnownLine(scan, candidate, sighting);
    return known.reads(scan, sighting.line) && known.agrees(sighting) ? known : null;
  }

  /** Reads the line that was scanned, one of the same shape; false where it is not. */
  reads(scan: LineScan, line: number): boolean {
    if (scan.runs !== this.runs || this.places.length !== this.keys.length) return false;
    const { places, values, decimals, stepRun } = this;
    let i = 0;
    for (const place of places) {
      if (place.isPlain) writeDecimal(place, scan, values, i);
      else writeValue(place, scan, values, i);
      decimals[i] = decimalsAt(place, scan);
      i += 1;
    }
    this.line = line;
    this.epoch = scan.values[this.epochRun] ?? NaN;
    this.step = scan.values[stepRun] ?? NaN;
    this.steps = this.hasSteps ? (scan.values[stepRun + 1] ?? NaN) : 0;
    return true;
  }

  private agrees({ epoch, readings, step }: Sighting): boolean {
    const sameStep =
      step === null ||
      step === UNKNOWN_STEP ||
      (this.step === step.step && this.steps === (step.steps ?? 0));
    return (
      this.epoch === epoch &&
      sameStep &&
      readings.every(
        ({ value, decimals }, i) =>
          Object.is(this.values[i], value) && this.decimals[i] === decimals,
      )
    );
  }
}

/** Where every line of the shape has one of its readings. */
interface NumberPlace extends DecimalPlace {
  readonly sign: 1 | -1;
  readonly percent: boolean;
  /** Digits, with a fraction or without, and nothing else. */
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
  percent: false,
  isPlain: false,
  constant: null,
};
const FORM = /^([-+]?)\d+(\.\d+)?(e([-+]?)\d+)?$/i;
const PERCENT = 37;
const POINT = 46;

/**
 * Where the digits of a reading stand in the line it comes from; `null` where that cannot be said.
 */
function placeOf(scan: LineScan, { text, value, at }: Reading): NumberPlace | null {
  if (!Number.isFinite(value)) return /\d/.test(text) ? null : { ...NOWHERE, constant: value };
  const [form, sign = '', fraction, exponent, exponentSign] = FORM.exec(text) ?? [];
  const whole = at < 0 ? -1 : scan.runAt(at + sign.length);
  if (whole < 0 || form === undefined) return null;
  const last = whole + Number(fraction !== undefined) + Number(exponent !== undefined);
  const percent = followerOf(scan, last) === PERCENT;
  return {
    whole,
    fraction: fraction === undefined ? -1 : whole + 1,
    exponent: exponent === undefined ? -1 : last,
    exponentSign: signOf(exponentSign),
    sign: signOf(sign),
    percent,
    isPlain: sign !== '-' && exponent === undefined && !percent,
    constant: null,
  };
}

const signOf = (text: string | undefined): 1 | -1 => (text === '-' ? -1 : 1);

/**
 * The run of digits at an offset of the line, where it is a number of its own; -1 where it is none,
 * or only its whole part.
 */
function wholeNumberAt(scan: LineScan, offset: number): number {
  const run = scan.runAt(offset);
  return run >= 0 && followerOf(scan, run) === POINT ? -1 : run;
}

const followerOf = ({ bytes, places, lengths }: LineScan, run: number): number =>
  bytes[(places[run] ?? 0) + (lengths[run] ?? 0)] ?? 0;

/** Per cent as a share, without the noise of the division. */
export const shareOf = (percent: number): number => Number((percent / 100).toPrecision(15));

function writeValue(place: NumberPlace, scan: LineScan, values: Float64Array, index: number): void {
  if (place.constant !== null) {
    values[index] = place.constant;
    return;
  }
  writeDecimal(place, scan, values, index);
  if (place.sign < 0) values[index] = -(values[index] ?? NaN);
  if (place.percent) values[index] = shareOf(values[index] ?? NaN);
}

function decimalsAt(
  { isPlain, fraction, exponent, constant }: NumberPlace,
  { lengths }: LineScan,
): number {
  if (!isPlain && (exponent >= 0 || constant !== null)) return NO_DECIMALS;
  return fraction < 0 ? 0 : (lengths[fraction] ?? 0);
}
