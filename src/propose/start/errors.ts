import { CortexError } from '../../util/errors.ts';

const inputError = (
  code: string,
  parts: { readonly happened: string; readonly expected: string; readonly remedy: string },
): CortexError => new CortexError({ code, kind: 'input', ...parts });

/** Data too few to learn anything from. */
export const tooFewRows = (path: string, rows: number): CortexError =>
  inputError('new-too-few-rows', {
    happened: `${path} has ${rows} ${rows === 1 ? 'row' : 'rows'} that can be used.`,
    expected: 'at least ten rows: some to train on, some to judge by, some to seal away.',
    remedy: 'Bring more rows, and start again.',
  });

/** A target that is no column. */
export const targetMissing = (
  path: string,
  target: string,
  columns: readonly string[],
): CortexError =>
  inputError('new-target-missing', {
    happened: `${path} has no column "${target}".`,
    expected: `one of its columns: ${listed(columns)}.`,
    remedy: 'Name the column that is to be predicted with --target, spelled as in the heading.',
  });

/** A target that nothing can be learned from. */
export const targetUnfit = (path: string, target: string, why: string): CortexError =>
  inputError('new-target-unfit', {
    happened: `Column "${target}" of ${path} cannot be predicted: ${why}.`,
    expected: 'numbers, or classes that repeat.',
    remedy: 'Name another column with --target, or correct this one.',
  });

/** A table without a column to predict from. */
export const nothingToPredictFrom = (path: string, columns: readonly string[]): CortexError =>
  inputError('new-no-inputs', {
    happened: `${path} has no column to predict from: ${columns.slice(0, 3).join('; ')}.`,
    expected:
      'beside the target at least one column of numbers, dates, repeating texts, or sentences.',
    remedy: 'Bring such a column into the table, or name another target with --target.',
  });

/** A task that does not go with data of this kind. */
export const taskUnfit = (task: string, what: string, fitting: readonly string[]): CortexError =>
  inputError('new-task-unfit', {
    happened: `--task ${task} does not go with ${what}.`,
    expected: `one of: ${fitting.join(', ')}.`,
    remedy: 'Leave --task out, and Cortex chooses by the data.',
  });

/** Images of a single class. */
export const oneClass = (path: string, names: readonly string[]): CortexError =>
  inputError('new-one-class', {
    happened:
      names.length === 0
        ? `${path} holds no folder with PNG or JPEG images in it.`
        : `${path} holds images of one class: ${names.join()}.`,
    expected: 'a folder for each class, and at least two of them: photos/cat, photos/dog.',
    remedy: 'Sort the images into such folders, or name the folder above them.',
  });

/** A text too short to foretell anything of. */
export const textTooShort = (path: string, length: number, unit: string): CortexError =>
  inputError('new-text-too-short', {
    happened: `${path} holds ${length} ${unit}.`,
    expected: `at least 1,000 ${unit}, of which some are sealed away.`,
    remedy: 'Bring a longer text, or several put together into one file.',
  });

/** No more than a few names: a table may have thousands. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
