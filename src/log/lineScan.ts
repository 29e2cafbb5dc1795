import { sizeOf } from './utf8.ts';

/**
 * Numbers of a line beyond this many are not kept: such a line has no shape and is read in full.
 */
const MOST_NUMBERS = 4_096;
/**
 * A sign repeated more often than this is the bar of a progress display; its length says nothing.
 */
const LONGEST_REPEAT = 3;

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const ESCAPE = 27;
const ZERO = 48;
const BITS_OF_HASH = 0x100000000;
/** FNV's, of 32 bits. */
const PRIME = 16777619;

/**
 * What a byte of UTF-8 is to a line: a letter or space, a digit, a sign or part of a longer
 * character, what ends it (a zero: where the text is over).
 */
const LETTER = 0;
const DIGIT = 1;
const SIGN = 2;
const END = 3;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => kindOf(byte));

/**
 * One pass over the bytes of a line: where it ends, where its runs of digits stand, and its
 * *shape*: a hash of everything but the digits and the length of bars. Lines of one shape differ in
 * their digits alone, so what a reader made of one tells what it would make of the next. They stand
 * together in most logs: a line is compared with the one before it, which is faster than hashing,
 * and hashed where it is another. One object for all lines: a log of a gigabyte has ten million of
 * them.
 */
export class LineScan {
  /** The text that is scanned, in UTF-8. */
  bytes = new Uint8Array(1);
  /** 52 bits of hash; `NaN` where the line cannot be told by its shape. */
  shape = NaN;
  /** Index of the line's first byte. */
  start = 0;
  /** Index of the line's end character, or of the end of the text. */
  end = 0;
  hasEscape = false;
  runs = 0;
  /**
   * Of each run of digits: its index in `bytes`, its length, and the whole number it is: exact
   * below 2^53.
   */
  readonly places = new Int32Array(MOST_NUMBERS + 1);
  readonly lengths = new Int32Array(MOST_NUMBERS + 1);
  readonly values = new Float64Array(MOST_NUMBERS + 1);
  /** Index after the last digit; of the first byte where there is none. */
  private digitsEnd = 0;
  /** There is a bar in it, which will have another length in the next line. */
  private hasBar = false;
  /** How many bytes are digits, or the rest of a bar. */
  private left = 0;

  /** Scans `bytes` from `from` to the next line end, at most to `length`; a zero stands there. */
  scan(length: number, from: number): void {
    if (!this.isLikeLast(length, from)) this.scanAll(length, from);
  }

  /** The bytes are others now: the last line is not among them. */
  forget(): void {
    this.shape = NaN;
  }

  /**
   * Of each run of digits where it begins in the line without its ANSI codes, in UTF-16 units; the
   * digits within such codes are none of the line.
   */
  runsByOffset(): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    let [at, offset] = [this.start, 0];
    for (let run = 0; run < this.runs; run += 1) {
      const place = this.places[run] ?? 0;
      while (at < place) {
        const { size, units } = signAt(this.bytes, at);
        at += size;
        offset += units;
      }
      if (at === place) found.set(offset, run);
    }
    return found;
  }

  /**
   * The line differs from the last one in its digits alone, as most do: then nothing else is noted,
   * and no hash is made.
   */
  private isLikeLast(length: number, from: number): boolean {
    if (Number.isNaN(this.shape) || this.hasBar) return false;
    const { bytes } = this;
    const digitsEnd = this.passNumbers(from);
    if (digitsEnd < 0) return false;
    let i = digitsEnd;
    for (let last = this.digitsEnd; last < this.end; last += 1) {
      if (bytes[i] !== bytes[last]) return false;
      i += 1;
    }
    if (i >= length || bytes[i] === 0 || KINDS[bytes[i] ?? 0] !== END) return false;
    this.start = from;
    this.digitsEnd = digitsEnd;
    this.end = i;
    return true;
  }

  /**
   * Notes the numbers of a line that is like the last one up to its last digit; the index after
   * that, -1 where it is not like it.
   */
  private passNumbers(from: number): number {
    // Both loops are written out: a call for each number would take a fifth of the speed.
    const { bytes, places, lengths, values, runs } = this;
    let i = from;
    let last = this.start;
    for (let run = 0; run < runs; run += 1) {
      const place = places[run] ?? 0;
      let difference = 0;
      for (; last < place; last += 1) {
        difference |= (bytes[i] ?? 0) ^ (bytes[last] ?? 0);
        i += 1;
      }
      last += lengths[run] ?? 0;
      const begin = i;
      let value = 0;
      for (let digit = (bytes[i] ?? 0) ^ ZERO; digit < 10; digit = (bytes[i] ?? 0) ^ ZERO) {
        value = value * 10 + digit;
        i += 1;
      }
      places[run] = begin;
      lengths[run] = i - begin;
      values[run] = value;
      if (difference !== 0 || i === begin) return -1;
    }
    return i;
  }

  /** Scans a line of any shape. */
  private scanAll(length: number, from: number): void {
    const { bytes } = this;
    let hash = 0x811c9dc5 | 0;
    let i = from;
    this.begin(from);
    for (;;) {
      const byte = bytes[i] ?? 0;
      const kind = KINDS[byte] ?? END;
      if (kind === LETTER) {
        hash = Math.imul(hash ^ byte, PRIME);
        i += 1;
      } else if (kind === DIGIT) {
        hash = Math.imul(hash ^ ZERO, PRIME);
        i = this.addRun(i);
      } else if (kind === SIGN) {
        hash = this.addSign(hash, i);
        i = this.end;
      } else if (byte !== 0 || i >= length) break;
      else i += 1;
    }
    this.end = i;
    this.shape =
      this.runs > MOST_NUMBERS
        ? NaN
        : (hash >>> 0) + ((i - from - this.left) & 0xfffff) * BITS_OF_HASH;
  }

  private begin(from: number): void {
    this.start = from;
    this.digitsEnd = from;
    this.runs = 0;
    this.hasEscape = false;
    this.left = 0;
    this.hasBar = false;
  }

  /** Adds a run of digits to those of the line; gives the index after it. */
  private addRun(from: number): number {
    const end = this.addDigits(Math.min(this.runs, MOST_NUMBERS), from);
    this.runs += 1;
    this.left += end - from;
    this.digitsEnd = end;
    return end;
  }

  /** Notes the digits from an index on as a run; gives the index after them. */
  private addDigits(run: number, from: number): number {
    const { bytes } = this;
    let i = from;
    let value = 0;
    for (let digit = (bytes[i] ?? 0) ^ ZERO; digit < 10; digit = (bytes[i] ?? 0) ^ ZERO) {
      value = value * 10 + digit;
      i += 1;
    }
    this.places[run] = from;
    this.lengths[run] = i - from;
    this.values[run] = value;
    return i;
  }

  /** Adds a sign to the hash; `end` is then the index after it, or after the bar of it. */
  private addSign(hash: number, at: number): number {
    const { bytes } = this;
    const sign = bytes[at] ?? 0;
    if (sign === ESCAPE) this.hasEscape = true;
    const size = sign < 0xc0 ? 1 : sizeOf(bytes, at);
    let end = at + size;
    for (let i = at; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), PRIME);
    while (bytes[end] === bytes[end - size]) end += 1;
    this.end = end;
    return end === at + size ? hash : this.addBar(hash, at, size);
  }

  /** Adds how often a sign is repeated, up to a few times. */
  private addBar(hash: number, at: number, size: number): number {
    const repeats = Math.floor((this.end - at) / size) - 1;
    const counted = Math.min(repeats, LONGEST_REPEAT);
    this.end = at + (repeats + 1) * size;
    this.left += (repeats - counted) * size;
    this.hasBar ||= repeats > LONGEST_REPEAT;
    return Math.imul(hash ^ counted, PRIME);
  }
}

const BRACKET = 91;

/** A character, or an ANSI code, which has no place in the line: its bytes and UTF-16 units. */
function signAt(bytes: Uint8Array, at: number): { readonly size: number; readonly units: number } {
  if (bytes[at] === ESCAPE) return { size: codeSize(bytes, at), units: 0 };
  const size = sizeOf(bytes, at);
  return { size, units: size === 4 ? 2 : 1 };
}

/**
 * Bytes of an ANSI code of colours and movements (`ESC [ 1 m`); infinite for any other, behind
 * which nothing is placed.
 */
function codeSize(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] !== BRACKET) return Infinity;
  let end = at + 2;
  while (isParameter(bytes[end] ?? 0)) end += 1;
  return end + 1 - at;
}

/** Digits, signs and blanks stand before the letter that ends a code. */
const isParameter = (byte: number): boolean => byte >= 0x20 && byte < 0x40;

function kindOf(byte: number): number {
  if (byte === 0 || byte === NEWLINE || byte === RETURN || byte === BACKSPACE) return END;
  if (byte >= ZERO && byte < ZERO + 10) return DIGIT;
  const lower = byte | 32;
  return byte === 32 || (lower >= 97 && lower <= 122) ? LETTER : SIGN;
}
