import type { LogLine } from '../logFormat.ts';
import { Boxes, isRule } from './boxes.ts';
import { HtmlTables } from './htmlTables.ts';
import { NumberColumns } from './numberColumns.ts';
import { NotebookParts } from './notebookParts.ts';
import { parseObject, parseReport } from './objects.ts';
import { parseLine } from './parseLine.ts';
import type { ParsedLine } from './slots.ts';
import { RowWidths } from './rowWidths.ts';
import { ScopeColumns } from './scopeColumns.ts';
import { RunsTable } from './runsTable.ts';
import type { TableOfRuns } from './runsTable.ts';
import { cellsOf, countedHeader, headerOf, rowOf } from './tables.ts';
import type { Header, RowResult } from './tables.ts';
import { UserPattern } from './userPattern.ts';

/** What a line was found to be; `taken`: read here, as every line of its shape has to be. */
export type Found = ParsedLine | 'nothing' | 'new table' | 'taken';

/** Text longer than this is looked at only in its first part. */
const LONGEST_TEXT = 40_000;

/** Tells what each line is: an object, a row of a table, of a box, or text. */
export class LineSources {
  private readonly boxes = new Boxes();
  private readonly columns: NumberColumns;
  private readonly html = new HtmlTables();
  private readonly scopes = new ScopeColumns();
  private readonly notebook = new NotebookParts();
  private readonly pattern: UserPattern | null;
  private header: Header | null = null;
  private widths = new RowWidths();
  private hasMisfits = false;
  private readonly runs = new RunsTable();
  /** The line before, which may head a table of names that nobody knows. */
  private before = '';
  private inBox = false;

  /** `name`: of the file, where that may name what is in it. */
  constructor(pattern: string | undefined, name: string) {
    this.columns = new NumberColumns(name);
    this.pattern = pattern === undefined ? null : new UserPattern(pattern);
  }

  /** The line before was part of a box: what this one is cannot be told by itself. */
  isInBox(): boolean {
    return this.inBox || this.notebook.isInside();
  }

  /** What the line says; what ends on it, or before it, goes to `ended`. */
  read(line: LogLine, ended: (box: ParsedLine) => void): Found {
    const own = this.pattern?.read(line);
    if (own) return own;
    const markup = this.ofNotebook(line, ended);
    if (markup) return markup;
    if (line.terminated && this.boxes.takes(line.text)) {
      this.inBox = true;
      return 'nothing';
    }
    this.endAt(line, ended);
    if (isRule(line.text)) return 'nothing';
    return this.ofLine(this.notebook.isNotebook ? { ...line, text: unescaped(line.text) } : line);
  }

  private endAt({ text }: LogLine, ended: (box: ParsedLine) => void): void {
    const box = this.inBox && this.boxes.endsAt(text) ? this.endBox() : null;
    if (box) ended(box);
  }

  private ofLine(line: LogLine): Found {
    const known = this.object(line) ?? this.table(line) ?? this.columns.read(line);
    return known ?? this.scopes.read(line.text.slice(0, LONGEST_TEXT)) ?? textOf(line);
  }

  /** Code of a notebook, and tables in HTML wherever they stand; `null` for any other line. */
  private ofNotebook(
    { text, terminated }: LogLine,
    ended: (row: ParsedLine) => void,
  ): Found | null {
    const part = this.notebook.partOf(text);
    if (part === 'code') return 'nothing';
    const rows = terminated ? this.html.rowsOn(text) : null;
    for (const row of rows ?? []) ended(row);
    return rows || part === 'html' ? 'taken' : null;
  }

  /** The box that was begun; one at the end of a log may have been cut. */
  endBox(): ParsedLine | null {
    this.inBox = false;
    return this.boxes.end();
  }

  /** What people should know about lines that could not be read. */
  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.pattern?.isUnusable === true)
      notes.push(
        'The logPattern looks around or back, which cannot be done in linear time: it was not ' +
          'used.',
      );
    if (this.hasMisfits)
      notes.push('Rows with another number of cells than the header has were left out.');
    return notes;
  }

  /** The table of runs that was seen; `null` where none was. */
  tableOfRuns(): TableOfRuns | null {
    return this.runs.table();
  }

  private object(line: LogLine): Found | null {
    const object = parseObject(line.text);
    if (!object) return /^\s*\{\s*"/.test(line.text) ? 'nothing' : null;
    return parseReport(object, line.text, 'JSON lines') ?? 'nothing';
  }

  private table(line: LogLine): Found | null {
    const text = withoutStamp(line.text);
    const header = line.terminated ? headerOf(text) : null;
    if (header) {
      this.header = header;
      this.widths = new RowWidths();
      return 'new table';
    }
    this.header ??= line.terminated ? countedHeader(this.before, line.text) : null;
    this.before = line.text;
    if (!this.header) return null;
    const row = rowOf(text, this.header, line.terminated);
    if (row === 'other' && !this.header.isOfRuns) return null;
    if (this.header.isOfRuns) return this.ofRuns(this.header, line);
    return this.counted(this.isOfOther(row, text, this.header) ? 'misfit' : row);
  }

  private isOfOther(row: RowResult, text: string, { separator, columns }: Header): boolean {
    if (typeof row === 'string' || separator === ' ') return false;
    return this.widths.isOfOther(row, cellsOf(text, separator).length, columns.length);
  }

  /** A run may have nothing but words in its row. */
  private ofRuns(header: Header, { text, number }: LogLine): Found | null {
    const cells = cellsOf(text, header.separator);
    const isShort = cells.length < 2 || 2 * cells.length < header.columns.length;
    if (isShort || !/^\S[^\t,;]*[\t,;]/.test(text)) return null;
    this.runs.add(header.columns, cells, number);
    return 'taken';
  }

  private counted(row: RowResult): Found | null {
    this.hasMisfits ||= row === 'misfit';
    return typeof row === 'string' ? 'nothing' : row;
  }
}

/** What a logger writes before a line. */
const STAMP =
  /^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?[\s-]{1,9}\[?(?:INFO|DEBUG)\]?\s{0,9}[:-]/;

/** A line without the time and level that a logger writes before it; offsets stay. */
const withoutStamp = (text: string): string =>
  text.replace(STAMP, (stamp) => ' '.repeat(stamp.length));

/** A line of output in a notebook's file, its escaped signs as spaces: offsets stay. */
const unescaped = (text: string): string =>
  text.replaceAll(ESCAPED, (found) => ' '.repeat(found.length));

/** Tabs and ends of lines, and what colours a terminal or moves in it. */
const ESCAPED = /\\[tnr]|\\u001b\[[\d;]{0,20}[A-Za-z]/g;

/** A line of a longer JSON document, or a dictionary that may have been cut, says nothing yet. */
function textOf({ text, terminated }: LogLine): Found {
  const isPart = /^\s{0,99}"[^"]{1,99}"\s{0,9}:/.test(text) || (!terminated && text.includes("{'"));
  return isPart ? 'nothing' : parseLine(text.slice(0, LONGEST_TEXT));
}
