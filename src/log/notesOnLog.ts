import type { StudyConfig } from '../record/studyConfig.ts';
import { seriesName } from './seriesName.ts';
import type { TrainingLog } from './trainingLog.ts';
import { objectiveOf } from '../record/objectives.ts';

/** File times closer than this say nothing: a checkout writes all files at once. */
const SAME_TIME = 120;

/** What can be seen of a log belonging to another run than the study's. */
interface LogNotes {
  /** A sentence each, for people. */
  readonly notes: readonly string[];
  /** The log speaks of another kind of task than the study's data: it cannot be this model's. */
  readonly otherTask: boolean;
}

/**
 * Compares a log with the study it is read for. `secondsBehind`: how much older the log file is
 * than the model file. Pure.
 */
export function notesOnLog(
  log: TrainingLog,
  config: StudyConfig,
  file: { readonly model: string; readonly secondsBehind: number },
): LogNotes {
  const { epochs, data } = config;
  const metric = seriesName(objectiveOf(config).metric);
  const otherTask =
    typeof data === 'object' && data.task === 'regression' && 'accuracy' in log.series;
  const notes = [
    otherTask &&
      'The log reports an accuracy, but the study is a regression: it is of another run.',
    !(metric in log.series) && `The log does not report ${metric}, which the study optimises.`,
    log.counter === undefined &&
      log.epochs.length > 1 &&
      log.epochs.length > 2 * epochs &&
      `The log has ${log.epochs.length} epochs, the study trains ${epochs}: it is of another run.`,
    log.run.count > 1 && `The log holds ${log.run.count} runs; run ${log.run.index} was read.`,
    file.secondsBehind > SAME_TIME &&
      `${file.model} was changed after the log was written; the log may be of an earlier version.`,
  ].filter((note) => note !== false);
  return { notes, otherTask };
}
