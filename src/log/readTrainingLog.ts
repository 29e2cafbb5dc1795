import type { CortexError } from '../util/errors.ts';
import { ok, refuse } from '../util/result.ts';
import type { Result } from '../util/result.ts';
import {
  emptyLogError,
  interleavedLogError,
  missingRunError,
  tableOfRunsError,
  unclearLogError,
  unknownLogError,
} from './errors.ts';
import { JsonDocument } from './formats/jsonDocument.ts';
import { GrammarReader } from './grammar/grammarReader.ts';
import { LineSplitter, type LineCount } from './lines.ts';
import type { RunChoice, RunSpan } from './runs.ts';
import type { TrainingLog } from './trainingLog.ts';

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
 * A reader for one log; how it is written is learned from its lines. `source` is its name for
 * people. Pure: no I/O, never throws.
 */
export function createLogReader(
  source: string,
  { run, pattern, lines: count }: LogReaderOptions = {},
): LogReader {
  const reader = new GrammarReader(run ?? null, { pattern, name: source });
  const document = new JsonDocument();
  const splitter: LineSplitter = new LineSplitter(() => reader.take(splitter), count);
  const documentReader = (): GrammarReader | null => readDocument(document, run ?? null);
  const current = (): GrammarReader => documentReader() ?? reader;
  return {
    push(chunk) {
      const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
      document.push(bytes);
      splitter.push(bytes);
    },
    peek() {
      const log = current().log(source);
      return log && isAnother(log, run) ? null : log;
    },
    runs: () => current().runs().spans,
    finish() {
      splitter.finish();
      const read = current();
      if (read.lastLine === 0) return refuse(emptyLogError(source));
      return choose(read, source, { run, lines: reader.lastLine });
    },
  };
}

/** A reader of the rows that a document holds, its last run where the chosen one is not there. */
function readDocument(document: JsonDocument, run: RunChoice): GrammarReader | null {
  const rows = document.rows();
  if (!rows) return null;
  const line = document.firstLine();
  const read = (choice: RunChoice): GrammarReader => {
    const reader = new GrammarReader(choice);
    for (const row of rows) reader.addReport(row, line);
    return reader;
  };
  return read(run);
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

/** It is not the run that was asked for by its number. */
const isAnother = (log: TrainingLog, run: RunChoice | undefined): run is number =>
  typeof run === 'number' && log.run.index !== run;

function choose(
  reader: GrammarReader,
  source: string,
  { run, lines }: { readonly run: RunChoice | undefined; readonly lines: number },
): Result<TrainingLog, CortexError> {
  const log = reader.log(source);
  const unclear = log ? null : whyUnclear(reader, source);
  if (unclear) return refuse(unclear);
  if (log && !isAnother(log, run)) return ok(log);
  const { count } = reader.runs();
  if (typeof run === 'number' && run > count && count > 0)
    return refuse(missingRunError(source, run, count));
  const table = reader.sources.tableOfRuns();
  return refuse(table ? tableOfRunsError(source, table) : unknownLogError(source, lines));
}

/** Why a log of a training shows no curve; `null` where that is not known. */
function whyUnclear(reader: GrammarReader, source: string): CortexError | null {
  if (reader.isInterleaved()) return interleavedLogError(source);
  const doubt = reader.doubt();
  return doubt === null ? null : unclearLogError(source, doubt);
}
