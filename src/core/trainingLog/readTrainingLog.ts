import type { CortexError } from '../errors.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { emptyLogError, missingRunError, unknownLogError } from './errors.ts';
import { csvTable } from './formats/csvTable.ts';
import { epochLines } from './formats/epochLines.ts';
import { jsonLines } from './formats/jsonLines.ts';
import { kerasConsole } from './formats/kerasConsole.ts';
import { LineSplitter } from './lines.ts';
import type { LogFormat, LogLine } from './logFormat.ts';
import { RunCollector } from './runs.ts';
import type { TrainingLog } from './trainingLog.ts';

/** Every format, the strictest first: a line it can read is its own, and it wins where two see as many epochs. */
const FORMATS: readonly LogFormat[] = [jsonLines, csvTable, kerasConsole, epochLines];

/** Reads a log piece by piece; memory grows with its epochs, not with its size. */
export interface LogReader {
  /** The next piece of text; it may end anywhere. */
  push(chunk: string): void;
  /** The run, or why there is none; the reader is used up. */
  finish(): Result<TrainingLog, CortexError>;
}

/** What may be chosen about reading a log. */
interface LogReaderOptions {
  /** 1-based; default: the last run of the file. */
  readonly run?: number;
}

/** A reader for one log; the format is recognised by content. `source` is its name for people. Pure: no I/O, never throws. */
export function createLogReader(source: string, { run }: LogReaderOptions = {}): LogReader {
  const candidates = FORMATS.map(({ name, start }) => ({ name, reader: start(), runs: new RunCollector(run ?? null) }));
  let lastLine = 0;
  const take = (line: LogLine): void => {
    if (line.text.trim() === '') return;
    lastLine = line.number;
    for (const { reader, runs } of candidates) {
      const sighting = reader.read(line);
      if (!sighting) continue;
      runs.add(sighting);
      return;
    }
  };
  const splitter = new LineSplitter(take);
  return {
    push: (chunk) => splitter.push(chunk),
    finish() {
      splitter.finish();
      if (lastLine === 0) return refuse(emptyLogError(source));
      return choose(candidates, source, { run: run ?? null, lines: lastLine });
    },
  };
}

/** Reads a whole log at once. */
export function readTrainingLog(text: string, source: string, options: LogReaderOptions = {}): Result<TrainingLog, CortexError> {
  const reader = createLogReader(source, options);
  reader.push(text);
  return reader.finish();
}

interface Candidate {
  readonly name: string;
  readonly runs: RunCollector;
}

function choose(
  candidates: readonly Candidate[],
  source: string,
  { run, lines }: { readonly run: number | null; readonly lines: number },
): Result<TrainingLog, CortexError> {
  let best: TrainingLog | null = null;
  for (const { name, runs } of candidates) {
    const log = runs.finish(source, name);
    if (log && log.epochs.length > (best?.epochs.length ?? 0)) best = log;
  }
  if (best) return ok(best);
  const count = Math.max(...candidates.map(({ runs }) => runs.runs));
  return refuse(run !== null && run > count && count > 0 ? missingRunError(source, run, count) : unknownLogError(source, lines));
}
