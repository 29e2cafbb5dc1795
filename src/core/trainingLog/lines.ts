import type { LogLine } from './logFormat.ts';

/** A line longer than this (in UTF-16 units) is noise, whatever it says: it bounds what is kept in memory. */
const LONGEST_LINE = 1_000_000;

const END = /\r\n|[\n\r]|[\b]+/g;
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*(?:[@-~]|$)|\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[@-Z\\^_]?)/g;

/**
 * Cuts a stream of text into lines. What a carriage return or backspaces overwrite comes as a line of its own with the
 * same number, so a progress bar reads like the lines of a redirected one.
 */
export class LineSplitter {
  private rest = '';
  private number = 1;
  private tooLong = false;
  private readonly take: (line: LogLine) => void;

  constructor(take: (line: LogLine) => void) {
    this.take = take;
  }

  push(chunk: string): void {
    // A chunk that ends in \r may be half of \r\n: that end waits for the next chunk.
    const text = this.rest + chunk;
    const usable = text.endsWith('\r') ? text.length - 1 : text.length;
    let start = 0;
    for (const end of text.matchAll(END)) {
      if (end.index >= usable) break;
      this.emit(text.slice(start, end.index), true);
      this.tooLong = false;
      start = end.index + end[0].length;
      if (end[0].endsWith('\n')) this.number += 1;
    }
    this.keep(text.slice(start));
  }

  finish(): void {
    const { rest } = this;
    this.rest = '';
    if (rest.endsWith('\r')) this.emit(rest.slice(0, -1), true);
    else this.emit(rest, false);
  }

  private keep(rest: string): void {
    this.tooLong ||= rest.length > LONGEST_LINE;
    this.rest = this.tooLong ? rest.slice(-1) : rest;
  }

  private emit(raw: string, terminated: boolean): void {
    if (raw === '' || this.tooLong || raw.length > LONGEST_LINE) return;
    const text = raw.includes('\u001b') ? raw.replace(ANSI, '') : raw;
    this.take({ text, number: this.number, terminated });
  }
}
