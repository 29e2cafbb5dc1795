import { CortexError } from '../util/errors.ts';
import { plural } from '../util/plural.ts';
import type { TableOfRuns } from './grammar/runsTable.ts';

/** The log has no text. */
export const emptyLogError = (source: string): CortexError =>
  new CortexError({
    code: 'log-empty',
    kind: 'input',
    happened: `The training log ${source} is empty.`,
    expected: 'at least one epoch with its values.',
    remedy:
      'Train once and write the output into it, or remove the log: Cortex then trains the ' +
      'baseline itself.',
  });

/** Text, but no epoch in it that Cortex can read. */
export const unknownLogError = (source: string, lines: number): CortexError =>
  new CortexError({
    code: 'log-no-epochs',
    kind: 'input',
    happened: `No training epochs were found in the ${plural(lines, 'line')} of ${source}.`,
    expected:
      'lines such as `Epoch 3/50 - loss: 0.31 - val_loss: 0.35`, JSON lines, or a ' +
      'CSV table with a `loss` column.',
    remedy:
      'Name another file as "log" in cortex.json, or remove the log: Cortex then trains the ' +
      'baseline itself.',
  });

/** The run that was asked for is not in the file. */
export const missingRunError = (source: string, run: number, count: number): CortexError =>
  new CortexError({
    code: 'log-missing-run',
    kind: 'input',
    happened: `Run ${run} was asked for, but ${source} holds ${plural(count, 'run')}.`,
    expected: count === 1 ? 'no number, or 1.' : `a number from 1 to ${count}.`,
    remedy: count === 1 ? 'Leave the number out.' : 'Choose one of these, or none for the last.',
  });

/** Several trainings write into it at once: whose a line is nobody can tell. */
export const interleavedLogError = (source: string): CortexError =>
  new CortexError({
    code: 'log-interleaved',
    kind: 'input',
    happened: `In ${source} the lines of two trainings take turns: their epochs go to and fro.`,
    expected: 'one training after the other, or each in a log of its own.',
    remedy:
      'Let each training write into its own file, and name one of them as "log" in cortex.json.',
  });

/** Its lines are those of a training, but not clear enough to be told as a curve. */
export const unclearLogError = (source: string, doubt: string): CortexError =>
  new CortexError({
    code: 'log-unclear',
    kind: 'input',
    happened: `What ${source} reports cannot be told for sure: ${doubt}.`,
    expected: 'lines that count the epochs or steps of one training.',
    remedy:
      'Put the cursor on a number of the log and choose “This Number of the Log Is…”, or write a ' +
      '"logPattern" into cortex.json.',
  });

/** Its rows are runs: their order is no course of a training. */
export const tableOfRunsError = (
  source: string,
  { runs, columns, failed, best }: TableOfRuns,
): CortexError =>
  new CortexError({
    code: 'log-table-of-runs',
    kind: 'input',
    happened:
      `${source} is a table of ${plural(runs, 'run')}: each row is a training of its own, not an ` +
      `epoch. It is the history of a study, not a curve. Its columns are ${listed(columns)}.` +
      (failed === 0 ? '' : ` ${failed} of them failed.`) +
      (best === null ? '' : ` ${courseOf(best)}`),
    expected: 'the log of one training, with a value for each of its epochs or steps.',
    remedy: 'Name the log of one of these runs as "log" in cortex.json.',
  });

/** How the best value of a study came about. */
function courseOf({
  column,
  value,
  line,
  first,
  better,
}: NonNullable<TableOfRuns['best']>): string {
  const best = `The best ${column} is ${value}, in line ${line}`;
  if (better === 0) return `${best}.`;
  const began = `it began with ${first.value} in line ${first.line}`;
  return `${best}; ${began}, and ${plural(better, 'run')} did better than all before.`;
}

const MOST_COLUMNS = 8;

const listed = (columns: readonly string[]): string => {
  const more = columns.length - MOST_COLUMNS;
  const told = columns.slice(0, MOST_COLUMNS).join(', ');
  return more > 0 ? `${told} and ${more} more` : told;
};
