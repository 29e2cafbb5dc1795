/** One line of a log, without its end, ANSI codes or what a carriage return overwrote. */
export interface LogLine {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** False for a last line without an end: it may have been cut anywhere. */
  readonly terminated: boolean;
}

/** A number beside a name, as a line shows it. */
export interface Reading {
  /** As the line writes it. */
  readonly key: string;
  readonly value: number;
  /** The number as written. */
  readonly text: string;
  /** The log may have been cut inside this number. */
  readonly cut: boolean;
}

/** What a line says about an epoch. */
export interface Sighting {
  readonly epoch: number;
  readonly readings: readonly Reading[];
  readonly line: number;
  /** The line proves that a new run begins, whatever its epoch number. */
  readonly startsRun: boolean;
}

/** Reads the lines of one file in order; keeps what it has to remember from line to line. */
export interface LineReader {
  /** What the line says; `null` for noise. Never throws. */
  read(line: LogLine): Sighting | null;
}

/** One way of writing a training log. */
export interface LogFormat {
  readonly name: string;
  /** A reader for a new file. */
  start(): LineReader;
}
