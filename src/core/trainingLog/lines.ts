import type { Codes } from './lineScan.ts';
import { LineScan } from './lineScan.ts';
import type { LogLine } from './logFormat.ts';

/** A line longer than this (in UTF-16 units) is noise, whatever it says: it bounds what is kept in memory. */
const LONGEST_LINE = 1_000_000;

const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*(?:[@-~]|$)|\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[@-Z\\^_]?)/g;

/**
 * Cuts a stream of text into lines. What a carriage return or backspaces overwrite comes as a line of its own with the
 * same number, so a progress bar reads like the lines of a redirected one.
 */
export class LineSplitter {
  /** The line that is being given: its shape and its numbers. */
  readonly scan = new LineScan();
  private readonly encoder = new TextEncoder();
  private bytes = new Uint8Array();
  private text = '';
  private start = 0;
  private number = 1;
  private tooLong = false;
  private terminated = true;
  private readonly take: () => void;

  /** `take` is called once a line that is not empty; what it is can be asked here. */
  constructor(take: () => void) {
    this.take = take;
  }

  push(chunk: string): void {
    this.text = this.text.slice(this.start) + chunk;
    this.start = 0;
    const { text, scan } = this;
    const codes = this.codesOf(text);
    for (;;) {
      scan.scan(codes, text.length, this.start);
      // A chunk that ends in \r may be half of \r\n: that end waits for the next chunk.
      if (scan.end >= text.length || (scan.end === text.length - 1 && text.endsWith('\r'))) break;
      this.emit();
      this.tooLong = false;
      this.start = this.after(scan.end);
    }
    this.tooLong ||= text.length - this.start > LONGEST_LINE;
    if (this.tooLong) this.start = text.length - 1;
  }

  finish(): void {
    this.terminated = this.text.endsWith('\r');
    this.scan.scan(this.codesOf(this.text), this.text.length, this.start);
    this.emit();
    this.text = '';
    this.start = 0;
  }

  /** The line without ANSI codes. */
  line(): LogLine {
    const raw = this.raw();
    return { text: this.scan.hasEscape ? raw.replace(ANSI, '') : raw, number: this.number, terminated: this.terminated };
  }

  /** The line as it stands in the file. */
  raw(): string {
    return this.text.slice(this.start, this.scan.end);
  }

  /** 1-based. */
  lineNumber(): number {
    return this.number;
  }

  /** It has its end: nothing of it is missing. */
  isTerminated(): boolean {
    return this.terminated;
  }

  /** A zero follows the text, so that a number at its end ends there. */
  private codesOf(text: string): Codes {
    if (this.bytes.length <= text.length * 3) this.bytes = new Uint8Array(text.length * 4 + 1);
    const { read, written } = this.encoder.encodeInto(text, this.bytes);
    if (read === text.length && written === text.length) {
      this.bytes[written] = 0;
      return this.bytes;
    }
    const units = new Uint16Array(text.length + 1);
    for (let i = 0; i < text.length; i += 1) units[i] = text.charCodeAt(i);
    return units;
  }

  private emit(): void {
    const length = this.scan.end - this.start;
    if (length > 0 && !this.tooLong && length <= LONGEST_LINE) this.take();
  }

  private after(end: number): number {
    const { text } = this;
    if (text[end] === '\b') return end + 1;
    const newline = text[end] === '\n' ? end : text[end + 1] === '\n' ? end + 1 : -1;
    if (newline < 0) return end + 1;
    this.number += 1;
    return newline + 1;
  }
}
