/** Numbers of a line beyond this many are not kept: such a line has no shape and is read in full. */
const MOST_NUMBERS = 64;
/** A sign repeated more often than this is the bar of a progress display; its length says nothing. */
const LONGEST_REPEAT = 3;

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const ESCAPE = 27;
const ZERO = 48;
const BITS_OF_HASH = 0x100000000;
/** FNV's, of 32 bits. */
const PRIME = 16777619;

/** What a byte of UTF-8 is to a line: a letter or space, a sign, a digit, a control character, a part of a longer character. */
const LETTER = 0;
const SIGN = 1;
const DIGIT = 2;
const CONTROL = 3;
const WIDE = 4;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => kindOf(byte));

/**
 * One pass over the bytes of a line: where it ends, where its runs of digits stand, and its *shape*: a hash of everything
 * but the digits and the length of bars. Lines of one shape differ in their digits alone, so what a reader made of one tells
 * what it would make of the next. One object for all lines: a log of a gigabyte has ten million of them.
 */
export class LineScan {
  /** The text that is scanned, in UTF-8. */
  bytes = new Uint8Array(1);
  /** 52 bits of hash; `NaN` where the line cannot be told by its shape. */
  shape = NaN;
  /** Index of the line's end character, or of the end of the text. */
  end = 0;
  hasEscape = false;
  runs = 0;
  /** Of each run of digits: its offset in the line in UTF-16 units, its index in `bytes`, its length and value. */
  readonly starts = new Int32Array(MOST_NUMBERS + 1);
  readonly places = new Int32Array(MOST_NUMBERS + 1);
  readonly lengths = new Int32Array(MOST_NUMBERS + 1);
  readonly values = new Float64Array(MOST_NUMBERS + 1);
  /** What has to be added to an offset in UTF-16 units for an index in `bytes`. */
  private shift = 0;
  /** How many bytes are digits, or the rest of a bar. */
  private left = 0;
  /** The last sign, how often it stood there in a row, and the index after it. */
  private sign = 0;
  private repeats = 0;
  private signEnd = 0;

  /** Scans `bytes` from `from` to the next line end, at most to `length`; a zero stands there. */
  scan(length: number, from: number): void {
    const { bytes } = this;
    let hash = 0x811c9dc5 | 0;
    let i = from;
    this.begin(from);
    for (;;) {
      const byte = bytes[i] ?? 0;
      const kind = KINDS[byte] ?? CONTROL;
      if (kind === LETTER) {
        hash = Math.imul(hash ^ byte, PRIME);
        i += 1;
        continue;
      }
      if (kind === CONTROL && this.isEnd(byte, i >= length)) break;
      hash = this.addOther(hash, kind, i);
      i = this.end;
    }
    this.end = i;
    this.shape = this.runs > MOST_NUMBERS ? NaN : (hash >>> 0) + ((i - from - this.left) & 0xfffff) * BITS_OF_HASH;
  }

  /** Index of the run of digits that begins at `offset` of the line, in UTF-16 units; -1 for none. */
  runAt(offset: number): number {
    for (let i = 0; i < this.runs; i += 1) if (this.starts[i] === offset) return i;
    return -1;
  }

  private begin(from: number): void {
    this.runs = 0;
    this.hasEscape = false;
    this.shift = from;
    this.left = 0;
    this.signEnd = -1;
  }

  private isEnd(byte: number, over: boolean): boolean {
    if (byte === ESCAPE) this.hasEscape = true;
    return byte === NEWLINE || byte === RETURN || byte === BACKSPACE || (byte === 0 && over);
  }

  private addOther(hash: number, kind: number, at: number): number {
    return kind === DIGIT ? this.addDigits(hash, at) : this.addSign(hash, kind, at);
  }

  /** Adds a run of digits to the hash, as one; `end` is then the index after it. */
  private addDigits(hash: number, start: number): number {
    const { bytes } = this;
    let i = start;
    let value = 0;
    let digit = (bytes[i] ?? 0) - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      i += 1;
      digit = (bytes[i] ?? 0) - ZERO;
    }
    const run = Math.min(this.runs, MOST_NUMBERS);
    this.starts[run] = start - this.shift;
    this.places[run] = start;
    this.lengths[run] = i - start;
    this.values[run] = value;
    this.runs += 1;
    this.left += i - start;
    this.end = i;
    return Math.imul(hash ^ ZERO, PRIME);
  }

  /** Adds a sign to the hash, but not the rest of a bar; `end` is then the index after it. */
  private addSign(hash: number, kind: number, at: number): number {
    this.end = at + 1;
    const sign = kind === WIDE ? this.takeWide(at) : (this.bytes[at] ?? 0);
    this.repeats = sign === this.sign && at === this.signEnd ? this.repeats + 1 : 0;
    this.sign = sign;
    this.signEnd = this.end;
    if (this.repeats < LONGEST_REPEAT) return Math.imul(hash ^ sign, PRIME);
    this.left += this.end - at;
    return hash;
  }

  /** A character of several bytes: one unit of UTF-16, two from four bytes on. */
  private takeWide(at: number): number {
    const { bytes } = this;
    const lead = bytes[at] ?? 0;
    const length = lengthOf(lead);
    let symbol = lead;
    let i = at + 1;
    while (i < at + length && ((bytes[i] ?? 0) & 0xc0) === 0x80) {
      symbol = (symbol << 6) | ((bytes[i] ?? 0) & 0x3f);
      i += 1;
    }
    this.shift += i - at - (length === 4 ? 2 : 1);
    this.end = i;
    return symbol;
  }
}

/** Bytes of a character in UTF-8 by its first one. */
function lengthOf(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function kindOf(byte: number): number {
  if (byte >= 128) return WIDE;
  if (byte < 32) return CONTROL;
  if (byte >= ZERO && byte < ZERO + 10) return DIGIT;
  const lower = byte | 32;
  return byte === 32 || (lower >= 97 && lower <= 122) ? LETTER : SIGN;
}
