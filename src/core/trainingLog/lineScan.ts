/** Numbers of a line beyond this many are not kept: such a line has no shape and is read in full. */
const MOST_NUMBERS = 64;
/** A sign repeated more often than this is the bar of a progress display; its length says nothing. */
const LONGEST_REPEAT = 3;

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const ESCAPE = 27;
const SPACE = 32;
const ZERO = 48;
const NINE = 57;

/** The UTF-16 units of a text, in bytes where all of it is ASCII. An index into these is many times faster than one into a string. */
export type Codes = Uint8Array | Uint16Array;

/**
 * One pass over the characters of a line: where it ends, where its runs of digits stand, and its *shape*: a hash of everything
 * but the digits and the length of bars. Lines of one shape differ in their digits alone, so what a reader made of one tells
 * what it would make of the next. One object for all lines: a log of a gigabyte has ten million of them.
 */
export class LineScan {
  /** 52 bits of hash; `NaN` where the line cannot be told by its shape. */
  shape = NaN;
  /** Index of the line's end character, or of the end of the text. */
  end = 0;
  hasEscape = false;
  runs = 0;
  /** Offset in the line, length and value of each run of digits. */
  readonly starts = new Int32Array(MOST_NUMBERS);
  readonly lengths = new Int32Array(MOST_NUMBERS);
  readonly values = new Float64Array(MOST_NUMBERS);

  /** Scans from `from` to the next line end, at most to `length`. */
  scan(codes: Codes, length: number, from: number): void {
    let hash = 0x811c9dc5 | 0;
    let kept = 0;
    let last = -1;
    let repeats = 0;
    let i = from;
    this.runs = 0;
    this.hasEscape = false;
    while (i < length) {
      const raw = codes[i] ?? 0;
      if (this.isEnd(raw)) break;
      const code = symbolOf(raw);
      i = code === ZERO ? this.takeDigits(codes, i, from) : i + 1;
      const same = Number(code === last);
      repeats = (repeats + same) * same;
      last = code;
      if (repeats < LONGEST_REPEAT || !isBar(code)) {
        hash = Math.imul(hash ^ code, 16777619);
        kept += 1;
      }
    }
    this.end = i;
    this.shape = this.runs > MOST_NUMBERS ? NaN : (hash >>> 0) + (kept & 0xfffff) * 0x100000000;
  }

  /** Index of the run of digits that begins at `offset` of the line; -1 for none. */
  runAt(offset: number): number {
    for (let i = 0; i < this.runs; i += 1) if (this.starts[i] === offset) return i;
    return -1;
  }

  private isEnd(code: number): boolean {
    if (code >= SPACE) return false;
    if (code === ESCAPE) this.hasEscape = true;
    return code === NEWLINE || code === RETURN || code === BACKSPACE;
  }

  private takeDigits(codes: Codes, start: number, from: number): number {
    const { length } = codes;
    let i = start;
    let value = 0;
    for (; i < length; i += 1) {
      const digit = (codes[i] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const { runs } = this;
    if (runs < MOST_NUMBERS) {
      this.starts[runs] = start - from;
      this.lengths[runs] = i - start;
      this.values[runs] = value;
    }
    this.runs = runs + 1;
    return i;
  }
}

const symbolOf = (code: number): number => (code <= NINE && code >= ZERO ? ZERO : code);

/** Neither a space nor a letter: those count, however often they stand there. */
function isBar(code: number): boolean {
  const lower = code | 32;
  return code !== SPACE && code !== ZERO && !(lower >= 97 && lower <= 122);
}
