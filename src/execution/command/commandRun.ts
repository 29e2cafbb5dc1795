import type { LogReaderOptions } from '../../log/readTrainingLog.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import type { TrainRequest } from '../../ports/trainer.ts';
import type { CommandLine } from './commandLine.ts';
import type { Ground } from './ground.ts';

/** Who reads the file that a command logs to. */
export interface LogSource {
  readonly readLog: (path: string, options: LogReaderOptions) => Promise<TrainingLog>;
  readonly followLog: (
    path: string,
    options: LogReaderOptions & { readonly signal: AbortSignal },
  ) => AsyncIterable<TrainingLog | null>;
}

/** One run of a command for one seed. */
export interface CommandRun {
  readonly request: TrainRequest;
  readonly ground: Ground;
  readonly line: CommandLine;
  readonly seed: number;
  readonly seedIndex: number;
}
