import { CortexError } from '../../util/errors.ts';

/** The study file names a log that is not there. */
export const missingLogError = (path: string, named: string): CortexError =>
  new CortexError({
    code: 'log-missing',
    kind: 'input',
    happened: `The training log ${named} named in cortex.json does not exist (${path}).`,
    expected: 'a log file, or no "log" key.',
    remedy:
      'Correct "log" in cortex.json, or remove the key: Cortex then takes the newest log ' +
      'beside the model, or trains the baseline itself.',
  });

/** A path that should be a log and is not there. */
export const noLogError = (path: string): CortexError =>
  new CortexError({
    code: 'log-missing',
    kind: 'input',
    happened: `There is no training log ${path}.`,
    expected: 'a log file.',
    remedy: 'Check the spelling and the folder you are in.',
  });

/** The path of the log is a folder (or a pipe or device). */
export const logNotFileError = (path: string): CortexError =>
  new CortexError({
    code: 'log-not-a-file',
    kind: 'input',
    happened: `The training log ${path} is not a file.`,
    expected: 'a text file that a training wrote.',
    remedy: 'Name the log file itself.',
  });

/** A folder that is no TensorBoard folder; `near` are those in it that are. */
export const noEventsError = (path: string, near: readonly string[]): CortexError =>
  new CortexError({
    code: 'log-not-a-file',
    kind: 'input',
    happened: `${path} is a folder without TensorBoard event files.`,
    expected:
      'a log file, or a folder that holds event files (*.tfevents.*), itself or in train/ ' +
      'and validation/.',
    remedy: near.length > 0 ? `Name the run: ${near.join(', ')}.` : 'Name the log file itself.',
  });

/** A TensorBoard event file that no number was written into. */
export const noScalarsError = (path: string): CortexError =>
  new CortexError({
    code: 'log-no-epochs',
    kind: 'input',
    happened: `The TensorBoard event file ${path} holds no scalars of a training.`,
    expected: 'a loss or another measure, by step.',
    remedy: 'Name the event file of another run, or wait until the first epoch has been written.',
  });

/** Bytes that are no text. */
export const binaryLogError = (path: string): CortexError =>
  new CortexError({
    code: 'log-binary',
    kind: 'input',
    happened: `The training log ${path} is a binary file.`,
    expected: 'text in UTF-8 or UTF-16.',
    remedy: 'Name the text that the training printed, its JSON lines or its CSV table.',
  });

/** There is no study file that could say how a log is read. */
export const noStudyFileError = (logPath: string): CortexError =>
  new CortexError({
    code: 'log-no-study-file',
    kind: 'input',
    happened: `No cortex.json stands beside ${logPath}, or in the folder above it.`,
    expected: 'a study file: how the lines of a log are read is written there.',
    remedy: 'Write one: {"model": "model.ts"} is enough.',
  });

/** What is to be named is no number. */
export const noNumberError = (logPath: string): CortexError =>
  new CortexError({
    code: 'log-no-number',
    kind: 'input',
    happened: `There is no number at this place of ${logPath}.`,
    expected: 'the cursor in or beside the number that is to have a name.',
    remedy: 'Put the cursor on the number and call the command again.',
  });

/** The thread that reads logs ended, or met what it does not know. */
export const logThreadError = (cause: unknown): CortexError =>
  new CortexError({
    code: 'log-thread-failed',
    kind: 'defect',
    happened: `Reading the training log failed: ${messageOf(cause)}.`,
    expected: 'an answer from the thread that reads logs.',
    remedy: 'Open the log again; if it happens once more, please report it with the log.',
    cause,
  });

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);
