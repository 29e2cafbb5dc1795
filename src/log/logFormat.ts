import { decimalsOf } from './numbers.ts';

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
  /** Offset of `text` in the line; -1 where that is not known. */
  readonly at: number;
  /** Digits after the point; -1 with an exponent, or where it is not finite. */
  readonly decimals: number;
  /** The log may have been cut inside this number. */
  readonly cut: boolean;
}

/** A reading of a number as the line writes it. */
export const readingOf = (reading: Omit<Reading, 'decimals'>): Reading => ({
  ...reading,
  decimals: decimalsOf(reading.text),
});

/** How far inside its epoch a line was written. */
export interface StepPlace {
  readonly step: number;
  /** Steps of the epoch; `null` where the line does not say. */
  readonly steps: number | null;
  /**
   * Offset of the step's number in the line, -1 where it is not known; the number of steps is the
   * next number.
   */
  readonly at: number;
}

/** What a line says about an epoch. */
export interface Sighting {
  readonly epoch: number;
  /**
   * Offset of the epoch's number where the line alone decides what is seen in it; -1 where the
   * reader's memory took part.
   */
  readonly epochAt: number;
  readonly readings: readonly Reading[];
  readonly line: number;
  /** The line proves that a new run begins, whatever its epoch number. */
  readonly startsRun: boolean;
  /** The values are those of a step inside the epoch; `null`: of the whole epoch. */
  readonly step: StepPlace | null;
}

/** Reads the lines of one file in order; keeps what it has to remember from line to line. */
export interface LineReader {
  /** What the line says; `null` for noise. Never throws. */
  read(line: LogLine): Sighting | null;
  /** Another number after every change of what it remembers; absent: it remembers nothing. */
  version?(): number;
}

/** One way of writing a training log. */
export interface LogFormat {
  readonly name: string;
  /** A reader for a new file. */
  start(): LineReader;
}
