import { NumberPlaces } from '../numberPlaces.ts';
import { decimalsOf } from '../numbers.ts';
import type { LineScan } from '../lineScan.ts';
import type { LogLine } from '../logFormat.ts';
import type { LineSplitter } from '../lines.ts';
import type { RunChoice, RunSpan } from '../runs.ts';
import type { TrainingLog } from '../trainingLog.ts';
import { Assembler } from './assemble.ts';
import { counterIn, finishLog } from './finishLog.ts';
import { Form, numbersOf, signatureOf } from './form.ts';
import type { Row } from './form.ts';
import { learn } from './learn.ts';
import { LineSources } from './lineSources.ts';
import { LiveLog } from './liveLog.ts';
import type { Doubt, Plan } from './plan.ts';
import { mayReport } from './slots.ts';
import type { ParsedLine } from './slots.ts';

/** From so many rows the grammar is learned; the rows after them are read by it as they come. */
const MOST_ROWS = 20_000;
const MOST_VALUES = 4_000_000;
/** More forms than this belong to no report. */
const MOST_FORMS = 4_000;
/** More shapes than this are not remembered: they are not those of a report. */
const MOST_SHAPES = 10_000;

/** Of more lines of one shape with other digits in their names, each is read in full. */
const MOST_ALIKE = 16;

/** After fewer rows than this, the best of them is none of a whole run. */
const LEAST_BEFORE_BEST = 3;

/** So many runs before one without a curve are looked at. */
const MOST_EARLIER = 5;

/** A line of a shape seen before: its form and where its numbers stand; `null`: nothing. */
interface KnownShape {
  readonly form: Form;
  readonly places: NumberPlaces;
  readonly scratch: Row & { line: number };
}

const emptyRow = (form: Form): Row & { line: number } => ({
  form,
  line: 0,
  values: new Float64Array(form.size),
  decimals: new Int8Array(form.size),
  isCut: false,
});

/** Reads the lines of a log by a grammar that it learns from them. */
export class GrammarReader {
  /** 1-based number of the last line that is not empty. */
  lastLine = 0;
  readonly sources: LineSources;
  private readonly choice: RunChoice;
  private readonly forms = new Map<string, Form>();
  private readonly shapes = new Map<number, readonly KnownShape[] | null>();
  private rows: Row[] = [];
  private values = 0;
  /** How many rows there were when a line first spoke of the best one. */
  private rowsAtBest = -1;
  /** The line before looks back at a best one, which comes again: that is no report. */
  private repeats = false;
  private live: LiveLog | null = null;

  constructor(
    choice: RunChoice,
    { pattern, name = '' }: { readonly pattern?: string | undefined; readonly name?: string } = {},
  ) {
    this.choice = choice;
    this.sources = new LineSources(pattern, name);
  }

  /** The line that the splitter stands at. */
  take(splitter: LineSplitter): void {
    const { scan } = splitter;
    const known =
      splitter.isTerminated() && !this.sources.isInBox() && !this.repeats
        ? this.shapes.get(scan.shape)
        : undefined;
    if (known === null) {
      this.lastLine = splitter.lineNumber();
      return;
    }
    if (known === undefined || !this.addAny(known, splitter)) this.read(splitter);
  }

  /** Lines of one shape may differ in the digits of a name (`top1`, `top5`). */
  private addAny(known: readonly KnownShape[], splitter: LineSplitter): boolean {
    for (const shape of known) if (this.addKnown(shape, splitter)) return true;
    return false;
  }

  /** Rows that come from no line of their own, as those of a document. */
  addReport(parsed: ParsedLine, line: number): void {
    this.lastLine = line;
    this.add(parsed, { line, isCut: false });
  }

  /** The run as far as the rows tell it; the reading may go on. */
  log(source: string): TrainingLog | null {
    const notes = this.sources.notes();
    const { plan, assembler } = this.joined();
    const log = finishLog(plan, assembler, { source, notes });
    return log ?? (this.choice === null ? this.earlier(plan, { source, notes }) : null);
  }

  /** A run before the last one, where that shows no curve. */
  private earlier(
    plan: Plan,
    words: { readonly source: string; readonly notes: readonly string[] },
  ): TrainingLog | null {
    const { runs } = this.joined().assembler;
    const least = Math.max(1, runs.runs - MOST_EARLIER);
    for (let run = runs.runs - 1; run >= least && this.live === null; run -= 1) {
      const log = finishLog(plan, this.assembled(plan, run), words);
      if (log) return log;
    }
    return null;
  }

  private assembled(plan: Plan, choice: RunChoice): Assembler {
    const assembler = new Assembler(plan, choice);
    const isTested = plan.axis === 'row' && this.isTestOfBest();
    for (const row of isTested ? this.rows.slice(0, -1) : this.rows) assembler.add(row);
    return assembler;
  }

  /** The lines of two trainings take turns. */
  isInterleaved(): boolean {
    return this.joined().plan.isInterleaved;
  }

  /** Why it cannot be told for sure what the lines report. */
  doubt(): Doubt | null {
    return this.joined().plan.doubt;
  }

  /** How many runs there are so far, and where. */
  runs(): { readonly count: number; readonly spans: readonly RunSpan[] } {
    const { plan, assembler } = this.joined();
    const { runs, spans } = assembler.runs;
    const counter = counterIn(plan);
    return { count: runs, spans: spans.map((span) => ({ ...span, ...counter })) };
  }

  private joined(): { readonly plan: Plan; readonly assembler: Assembler } {
    if (this.live) return this.live;
    const plan = learn(this.rows, null);
    return { plan, assembler: this.assembled(plan, this.choice) };
  }

  /** Without counters, a single line behind the one that names the best is a test of that. */
  private isTestOfBest(): boolean {
    return this.rowsAtBest >= LEAST_BEFORE_BEST && this.rows.length === this.rowsAtBest + 1;
  }

  /** Rows that are not kept are written over. */
  private addKnown({ form, places, scratch }: KnownShape, splitter: LineSplitter): boolean {
    const row = this.live ? scratch : emptyRow(form);
    if (!places.read(splitter.scan, row.values, row.decimals)) return false;
    this.lastLine = splitter.lineNumber();
    row.line = this.lastLine;
    this.push(row);
    return true;
  }

  private read(splitter: LineSplitter): void {
    const line = splitter.line();
    if (line.text.trim() === '') return;
    const boxed = this.sources.isInBox();
    const found = this.sources.read(line, (box) => {
      this.add(box, { line: Math.max(1, this.lastLine), isCut: false });
    });
    this.lastLine = line.number;
    if (found === 'new table') this.shapes.clear();
    else if (found !== 'taken')
      this.keep(splitter, { line, boxed, parsed: found === 'nothing' ? null : found });
  }

  /** A line of text that was read, and whether lines of its shape say the same. */
  private keep(
    { scan }: LineSplitter,
    {
      line,
      boxed,
      parsed,
    }: { readonly line: LogLine; readonly boxed: boolean; readonly parsed: ParsedLine | null },
  ): void {
    if (parsed?.isAside === true && this.rowsAtBest < 0 && /\bbest\b/i.test(line.text))
      this.rowsAtBest = this.rows.length;
    const isAgain = this.repeats;
    this.repeats = parsed?.isAside === true && ANNOUNCES.test(line.text);
    const row = parsed && !isAgain ? this.addLine(parsed, line) : null;
    const isFree =
      !boxed && !isAgain && !this.repeats && !this.sources.isInBox() && line.terminated;
    if (isFree) this.learnShape(scan, { parsed, row });
  }

  private addLine(parsed: ParsedLine, { number, text, terminated }: LogLine): Row | null {
    const cut = terminated ? 'none' : cutOf(parsed, text);
    return cut === 'counter' ? null : this.add(parsed, { line: number, isCut: cut === 'number' });
  }

  private learnShape(
    scan: LineScan,
    { parsed, row }: { readonly parsed: ParsedLine | null; readonly row: Row | null },
  ): void {
    if (Number.isNaN(scan.shape)) return;
    if (this.shapes.size >= MOST_SHAPES) this.shapes.clear();
    const known = this.shapes.get(scan.shape) ?? [];
    if (row !== null && parsed !== null) this.learnPlaces(scan, { parsed, row, known });
    else if (known.length === 0) this.shapes.set(scan.shape, null);
  }

  private learnPlaces(
    scan: LineScan,
    {
      parsed: { slots, style },
      row: { form },
      known,
    }: {
      readonly parsed: ParsedLine;
      readonly row: Row;
      readonly known: readonly KnownShape[];
    },
  ): void {
    if (style === 'own pattern' || known.length >= MOST_ALIKE) return;
    const names = slots.map(({ name }) => name);
    const places = NumberPlaces.of(scan, numbersOf(slots), names);
    if (places) this.shapes.set(scan.shape, [...known, { form, places, scratch: emptyRow(form) }]);
  }

  /** Keeps what a line says; `null` where that is nothing. */
  private add(
    parsed: ParsedLine,
    { line, isCut }: { readonly line: number; readonly isCut: boolean },
  ): Row | null {
    if (parsed.isAside || !mayReport(parsed)) return null;
    const form = this.formOf(parsed);
    if (!form) return null;
    const numbers = numbersOf(parsed.slots);
    const row = {
      form,
      line,
      values: Float64Array.from(numbers, ({ value }) => value),
      decimals: Int8Array.from(numbers, ({ text }) => decimalsOf(text)),
      isCut,
    };
    this.push(row);
    return row;
  }

  private formOf(parsed: ParsedLine): Form | null {
    const signature = signatureOf(parsed);
    const known = this.forms.get(signature);
    if (known || this.forms.size >= MOST_FORMS) return known ?? null;
    const form = new Form(parsed);
    this.forms.set(signature, form);
    return form;
  }

  private push(row: Row): void {
    if (this.live) {
      this.live.add(row);
      return;
    }
    this.rows.push(row);
    this.values += row.values.length;
    if (this.rows.length < MOST_ROWS && this.values < MOST_VALUES) return;
    this.live = new LiveLog(this.rows, this.choice);
    this.rows = [];
  }
}

/** `Stopping. Best iteration:` */
const ANNOUNCES = /\bbest\b.{0,40}:\s{0,9}$/i;

/** After a number at the end of a cut line: it may have gone on. */
const MAY_GO_ON = /^(?:[.,:/-]*|e[-+]?)$/i;

/** What the end of a log may have cut through: a counter, another number, or nothing. */
function cutOf({ slots, style }: ParsedLine, text: string): 'counter' | 'number' | 'none' {
  const last = slots.findLast(({ role }) => role !== 'other');
  if (!last || last.at < 0) return 'none';
  const rest = text.slice(last.at + (last.total === null ? last.text.length : last.end - last.at));
  const isWhole =
    style === 'CSV table'
      ? rest !== ''
      : !MAY_GO_ON.test(rest) || (rest === '.' && last.text.includes('.'));
  if (isWhole) return 'none';
  return last.role === 'epoch' || last.role === 'step' ? 'counter' : 'number';
}
