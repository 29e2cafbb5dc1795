import type { CortexError } from '../util/errors.ts';
import { ok, refuse } from '../util/result.ts';
import type { Result } from '../util/result.ts';
import { emptyLogError, missingRunError, unknownLogError } from './errors.ts';
import { csvTable } from './formats/csvTable.ts';
import { epochLines } from './formats/epochLines.ts';
import { JsonDocument } from './formats/jsonDocument.ts';
import { jsonLines } from './formats/jsonLines.ts';
import { kerasConsole } from './formats/kerasConsole.ts';
import { pythonDicts } from './formats/pythonDicts.ts';
import { textTable } from './formats/textTable.ts';
import { userPattern } from './formats/userPattern.ts';
import { LineSplitter, type LineCount } from './lines.ts';
import type { LineScan } from './lineScan.ts';
import type { LineReader, LogFormat, LogLine, Sighting } from './logFormat.ts';
import { RunCollector } from './runs.ts';
import type { RunChoice, RunSpan } from './runs.ts';
import { Shapes } from './shapes.ts';
import type { TrainingLog } from './trainingLog.ts';

/**
 * Every format, the strictest first: a line it can read is its own, and it wins where two see as
 * many epochs.
 */
const FORMATS: readonly LogFormat[] = [
  jsonLines,
  pythonDicts,
  csvTable,
  textTable,
  kerasConsole,
  epochLines,
];

const encoder = new TextEncoder();

/** Reads a log piece by piece; memory grows with its epochs, not with its size. */
export interface LogReader {
  /** The next piece of text or of its UTF-8; it may end anywhere. */
  push(chunk: string | Uint8Array): void;
  /** The run as far as whole lines tell it, `null` while there is none; the reader goes on. */
  peek(): TrainingLog | null;
  /** Every run so far, whichever is read. */
  runs(): readonly RunSpan[];
  /** The run, or why there is none; the reader is used up. */
  finish(): Result<TrainingLog, CortexError>;
}

/** What may be chosen about reading a log. */
export interface LogReaderOptions {
  /** Default: the last run of the file. */
  readonly run?: NonNullable<RunChoice>;
  /**
   * A regular expression for its lines, with a group for each series; it goes before every format.
   */
  readonly pattern?: string;
  /** How its lines are counted; default: as the file has them. */
  readonly lines?: LineCount;
}

/**
 * A reader for one log; the format is recognised by content. `source` is its name for people. Pure:
 * no I/O, never throws.
 */
export function createLogReader(
  source: string,
  { run, pattern, lines: count }: LogReaderOptions = {},
): LogReader {
  const formats = pattern === undefined ? FORMATS : [userPattern(pattern), ...FORMATS];
  const lines = new LineReaders(formats, run ?? null);
  const document = new JsonDocument();
  const splitter: LineSplitter = new LineSplitter(() => lines.take(splitter), count);
  return {
    push(chunk) {
      const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
      document.push(bytes);
      splitter.push(bytes);
    },
    peek() {
      const log = document.finish(source, run ?? null) ?? best(lines.candidates, source);
      return log && isAnother(log, run) ? null : log;
    },
    runs: () =>
      lines.candidates
        .map(({ runs }) => runs.spans)
        .reduce<readonly RunSpan[]>(
          (most, runs) => (epochsOf(runs) > epochsOf(most) ? runs : most),
          [],
        ),
    finish() {
      splitter.finish();
      if (lines.lastLine === 0) return refuse(emptyLogError(source));
      const whole = document.finish(source, run ?? null);
      if (whole && isAnother(whole, run))
        return refuse(missingRunError(source, run, whole.run.count));
      return whole
        ? ok(whole)
        : choose(lines.candidates, source, { run: run ?? null, lines: lines.lastLine });
    },
  };
}

/**
 * Gives each line to the first reader that has a use for it; lines of a shape seen before are not
 * read again.
 */
class LineReaders {
  readonly candidates: readonly Candidate[];
  lastLine = 0;
  private readonly shapes = new Shapes();

  constructor(formats: readonly LogFormat[], run: RunChoice) {
    this.candidates = formats.map(({ name, start }) => ({
      name,
      reader: start(),
      runs: new RunCollector(run),
    }));
  }

  take(splitter: LineSplitter): void {
    const { scan } = splitter;
    const known = splitter.isTerminated()
      ? this.shapes.recognise(scan, splitter.lineNumber())
      : null;
    if (known === null) return this.read(splitter.line(), scan);
    this.lastLine = splitter.lineNumber();
    if (known !== 'noise') this.candidates[known.candidate]?.runs.addKnown(known);
  }

  private read(line: LogLine, scan: LineScan): void {
    if (line.text.trim() === '') return;
    this.lastLine = line.number;
    const before = this.version();
    const found = this.firstSighting(line);
    if (found) this.candidates[found.index]?.runs.add(found.sighting);
    if (this.version() !== before) this.shapes.forget();
    else if (!line.terminated) return;
    else if (found) this.shapes.learnSighting(scan, found.index, found.sighting);
    else this.shapes.learnNoise(scan, line);
  }

  private firstSighting(
    line: LogLine,
  ): { readonly index: number; readonly sighting: Sighting } | null {
    for (const [index, { reader }] of this.candidates.entries()) {
      const sighting = reader.read(line);
      if (sighting) return { index, sighting };
    }
    return null;
  }

  private version(): number {
    let sum = 0;
    for (const { reader } of this.candidates) sum += reader.version?.() ?? 0;
    return sum;
  }
}

/** Reads a whole log at once. */
export function readTrainingLog(
  text: string,
  source: string,
  options: LogReaderOptions = {},
): Result<TrainingLog, CortexError> {
  const reader = createLogReader(source, options);
  reader.push(text);
  return reader.finish();
}

interface Candidate {
  readonly name: string;
  readonly reader: LineReader;
  readonly runs: RunCollector;
}

/** It is not the run that was asked for by its number. */
const isAnother = (log: TrainingLog, run: RunChoice | undefined): run is number =>
  typeof run === 'number' && log.run.index !== run;

const epochsOf = (runs: readonly RunSpan[]): number =>
  runs.reduce((sum, { epochs }) => sum + epochs, 0);

function best(candidates: readonly Candidate[], source: string): TrainingLog | null {
  const logs = candidates
    .map(({ name, runs }) => runs.finish(source, name))
    .filter((log) => log !== null);
  const most = Math.max(0, ...logs.map(({ epochs }) => epochs.length));
  return logs.find(({ epochs }) => epochs.length === most) ?? null;
}

function choose(
  candidates: readonly Candidate[],
  source: string,
  { run, lines }: { readonly run: RunChoice; readonly lines: number },
): Result<TrainingLog, CortexError> {
  const log = best(candidates, source);
  if (log) return ok(log);
  const count = Math.max(...candidates.map(({ runs }) => runs.runs));
  return refuse(
    typeof run === 'number' && run > count && count > 0
      ? missingRunError(source, run, count)
      : unknownLogError(source, lines),
  );
}
