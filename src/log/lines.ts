import { LineScan } from './lineScan.ts';
import type { LogLine } from './logFormat.ts';

/**
 * A line longer than this (in bytes) is noise, whatever it says: it bounds what is kept in memory.
 */
const LONGEST_LINE = 1_000_000;

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;

const ANSI =
  /\u001b(?:\[[0-9;?]*[ -/]*(?:[@-~]|$)|\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[@-Z\\^_]?)/g;

/**
 * How lines are counted: a carriage return alone only goes back in a file's line (`grep -n`), and
 * ends a line in an editor.
 */
export type LineCount = 'file' | 'editor';

/**
 * Cuts a stream of UTF-8 into lines. What a carriage return or backspaces overwrite comes as a line
 * of its own with the same number, so a progress bar reads like the lines of a redirected one.
 */
export class LineSplitter {
  /** The line that is being given: its shape and its numbers. */
  readonly scan = new LineScan();
  private readonly decoder = new TextDecoder();
  private length = 0;
  private start = 0;
  private number = 1;
  private tooLong = false;
  private terminated = true;
  private readonly take: () => void;
  private readonly count: LineCount;
  /** Carriage returns alone so far. */
  private returns = 0;

  /** `take` is called once a line that is not empty; what it is can be asked here. */
  constructor(take: () => void, count: LineCount = 'file') {
    this.take = take;
    this.count = count;
  }

  push(chunk: Uint8Array): void {
    if (this.tooLong) chunk = this.afterLongLine(chunk);
    this.append(chunk);
    const { scan, length } = this;
    for (;;) {
      scan.scan(length, this.start);
      // A chunk that ends in \r may be half of \r\n: that end waits for the next chunk.
      if (scan.end >= length || (scan.end === length - 1 && scan.bytes[scan.end] === RETURN)) break;
      this.emit();
      this.tooLong = false;
      this.start = this.after(scan.end);
    }
    this.tooLong ||= length - this.start > LONGEST_LINE;
    if (this.tooLong) this.start = length - 1;
  }

  finish(): void {
    this.terminated = this.scan.bytes[this.length - 1] === RETURN;
    this.scan.scan(this.length, this.start);
    this.emit();
    this.length = 0;
    this.start = 0;
  }

  /** The line without ANSI codes. */
  line(): LogLine {
    const raw = this.decoder.decode(this.scan.bytes.subarray(this.start, this.scan.end));
    return {
      text: this.scan.hasEscape ? raw.replace(ANSI, '') : raw,
      number: this.lineNumber(),
      terminated: this.terminated,
    };
  }

  /** 1-based. */
  lineNumber(count = this.count): number {
    return count === 'file' ? this.number : this.number + this.returns;
  }

  /** It has its end: nothing of it is missing. */
  isTerminated(): boolean {
    return this.terminated;
  }

  /**
   * What is left of the last piece, then the next, then a zero, so that a number at the end ends
   * there.
   */
  private append(chunk: Uint8Array): void {
    const { scan, start } = this;
    const rest = this.length - start;
    const length = rest + chunk.length;
    if (scan.bytes.length <= length) {
      const grown = new Uint8Array(2 * length + 1);
      grown.set(scan.bytes.subarray(start, this.length));
      scan.bytes = grown;
    } else scan.bytes.copyWithin(0, start, this.length);
    scan.bytes.set(chunk, rest);
    scan.bytes[length] = 0;
    scan.forget();
    this.length = length;
    this.start = 0;
  }

  /**
   * The piece from the end of a line on that is too long to matter; its last byte where it has no
   * end.
   */
  private afterLongLine(chunk: Uint8Array): Uint8Array {
    const ends = [NEWLINE, RETURN, BACKSPACE]
      .map((end) => chunk.indexOf(end))
      .filter((at) => at >= 0);
    return chunk.subarray(ends.length === 0 ? -1 : Math.min(...ends));
  }

  private emit(): void {
    const length = this.scan.end - this.start;
    if (length > 0 && !this.tooLong && length <= LONGEST_LINE) this.take();
  }

  private after(end: number): number {
    const { bytes } = this.scan;
    if (bytes[end] === BACKSPACE) return end + 1;
    const newline = bytes[end] === NEWLINE ? end : bytes[end + 1] === NEWLINE ? end + 1 : -1;
    if (newline < 0) {
      this.returns += 1;
      return end + 1;
    }
    this.number += 1;
    return newline + 1;
  }
}
