import type { Diagnosis } from '../log/diagnosis.ts';
import type { LogReaderOptions } from '../log/readTrainingLog.ts';
import type { RunSpan } from '../log/runs.ts';
import type { TrainingLog } from '../log/trainingLog.ts';

/** A number in a line of a log, and the series it is to be read as. */
export interface NamedNumber {
  readonly line: string;
  /** Of a character of the number. */
  readonly offset: number;
  /** `epoch` and `step` count. */
  readonly name: string;
}

/** Training logs on disk, read and diagnosed; each call rejects with what is wrong with the log. */
export interface Logs {
  read(path: string, options?: LogReaderOptions): Promise<TrainingLog>;
  /** The log as it grows, as `follow` goes on. */
  watch(
    path: string,
    options: LogReaderOptions & { readonly signal: AbortSignal },
  ): AsyncIterable<TrainingLog | null>;
  diagnose(path: string, options?: LogReaderOptions): Promise<Diagnosis>;
  /** Again after each addition, until the signal aborts; `null` while there is no epoch. */
  follow(
    path: string,
    options: LogReaderOptions & { readonly signal: AbortSignal },
  ): AsyncIterable<Diagnosis | null>;
  runs(path: string, options: LogReaderOptions): Promise<readonly RunSpan[]>;
  /** Whether its first part shows epochs. */
  showsEpochs(path: string): Promise<boolean>;
  /** Where lines of the file stand in an editor, which counts others. */
  editorLines(path: string, lines: readonly number[]): Promise<readonly number[]>;
}
