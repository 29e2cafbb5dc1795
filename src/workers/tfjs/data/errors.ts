import { CortexError } from '../../../util/errors.ts';

const inputError = (
  code: string,
  parts: { happened: string; expected: string; remedy: string; cause?: unknown },
): CortexError => new CortexError({ code, kind: 'input', ...parts });

export const dataFileMissing = (path: string): CortexError =>
  inputError('data-file-missing', {
    happened: `The data file ${path} does not exist.`,
    expected:
      'a data module (data.ts or data.js exporting loadData), a table (CSV, JSON lines, Parquet, ' +
      'NPZ) or a folder of images.',
    remedy: 'Put it there, or name another one under "data" in cortex.json.',
  });

export const dataModuleFailed = (path: string, line: number | null, cause: unknown): CortexError =>
  inputError('data-module-failed', {
    happened:
      `${path}${line === null ? '' : `, line ${line}`}: loadData failed: ` +
      `${cause instanceof Error ? cause.message : String(cause)}.`,
    expected: 'loadData() to return the data.',
    remedy: 'Correct the data module; it may read files, but not write files or start processes.',
    cause,
  });

/** A file by the name of a data module that belongs to something else. */
export const dataForeign = (path: string): CortexError =>
  inputError('data-no-loader', {
    happened: `${path} has no loadData: it is not a data module of Cortex, and was not run.`,
    expected: 'a function loadData() that returns { inputs, targets }.',
    remedy:
      'Write it into a file of its own and name that in cortex.json: "data": "cortexData.js"; or ' +
      'export loadData from this one.',
  });

export const dataNoLoader = (path: string, names: readonly string[]): CortexError =>
  inputError('data-no-loader', {
    happened:
      `${path} exports ${names.length > 0 ? names.join(', ') : 'nothing'}, ` + 'but no loadData.',
    expected: 'a function loadData() that returns { inputs, targets }.',
    remedy: 'Export a function named loadData, or name another file under "data" in cortex.json.',
  });

/** A stream that gives rows for as long as it is asked. */
export const dataEndless = (part: string, rows: number): CortexError =>
  inputError('data-endless', {
    happened: `The ${part} dataset does not end: it gave ${rows} rows and had more.`,
    expected: 'a dataset that ends: it is read once to know its rows and its hash.',
    remedy: 'Use .take(n), or return steps beside it: { train, validation, steps: 100 }.',
  });

export const dataWrongForm = (where: string, got: string): CortexError =>
  inputError('data-wrong-form', {
    happened: `${where} is ${got}.`,
    expected:
      'nested arrays of numbers of equal length, or { values: Float32Array, shape: [rows, …] ' +
      '}, for inputs and targets alike; or splits { train, validation, test } of these or of ' +
      'tf.data datasets.',
    remedy: 'Return the data from loadData in one of these forms.',
  });

export const dataNotANumber = (where: string, got: string): CortexError =>
  inputError('data-not-a-number', {
    happened: `${where} is ${got}.`,
    expected: 'a finite number in every input and every regression target.',
    remedy: 'Remove or fill the row, or leave the column out of the table.',
  });

export const dataMissingColumn = (
  path: string,
  target: string,
  columns: readonly string[],
): CortexError =>
  inputError('data-missing-column', {
    happened: `${path} has no column "${target}".`,
    expected: `one of its columns: ${columns.join(', ')}.`,
    remedy: 'Name the target column under "data.target" in cortex.json.',
  });

export const dataMalformedCsv = (path: string, cause: unknown): CortexError =>
  inputError('data-malformed-csv', {
    happened:
      `${path} cannot be read as CSV: ` +
      `${cause instanceof Error ? cause.message : String(cause)}.`,
    expected: 'a header line and rows with as many cells.',
    remedy: 'Correct the line it names.',
    cause,
  });

/** A file of rows that is not what its key in the study file says. */
export const dataMalformedFile = (
  path: string,
  said: { readonly happened: string; readonly expected: string; readonly cause?: unknown },
): CortexError =>
  inputError('data-malformed-file', {
    happened: `${path} cannot be read: ${said.happened.replace(/\.$/, '')}.`,
    expected: said.expected,
    remedy: 'Correct the file, or what stands under "data" in cortex.json.',
    cause: said.cause,
  });

export const dataEmpty = (path: string): CortexError =>
  inputError('data-empty', {
    happened: `${path} has no rows.`,
    expected: 'at least ten rows.',
    remedy: 'Put data into it, or name another source under "data" in cortex.json.',
  });

export const dataTooFewRows = (what: string, rows: number, needed: number): CortexError =>
  inputError('data-too-few-rows', {
    happened: `${what} has ${rows} ${rows === 1 ? 'row' : 'rows'}.`,
    expected: `at least ${needed}.`,
    remedy: 'Bring more data, or change the shares under "split" in cortex.json.',
  });

export const dataOneClass = (name: string): CortexError =>
  inputError('data-one-class', {
    happened: `Every row has the same class (${name}).`,
    expected: 'at least two classes to tell apart.',
    remedy: 'Check the target column, or set the task to regression.',
  });

export const dataConstantTarget = (value: number): CortexError =>
  inputError('data-constant-target', {
    happened: `Every row of the training part has the same target (${value}).`,
    expected: 'targets that vary: there is nothing to learn from one value.',
    remedy:
      'Check the target column under "data" in cortex.json, or what loadData returns as targets.',
  });

export const dataTooManyClasses = (classes: number, rows: number): CortexError =>
  inputError('data-too-many-classes', {
    happened: `The target has ${classes} different values in ${rows} rows.`,
    expected: 'classes that repeat.',
    remedy: 'Check the target column, or set the task to regression.',
  });

export const dataUnknownClass = (name: string, part: string): CortexError =>
  inputError('data-unknown-class', {
    happened: `Class ${name} is in the ${part} part but not in the training part.`,
    expected: 'every class in the training part.',
    remedy: 'Make the splits so that each class is trained on.',
  });

export const dataWrongShape = (happened: string, expected: string): CortexError =>
  inputError('data-wrong-shape', {
    happened,
    expected,
    remedy: 'Correct "data.inputShape" in cortex.json or the data itself.',
  });

export const dataNoTestPart = (): CortexError =>
  inputError('data-no-test-part', {
    happened: 'The study has no test part to evaluate on.',
    expected: 'a test share above 0 under "split", or a test part among the ready-made splits.',
    remedy: 'Set "split.test" in cortex.json, or return a test part from loadData.',
  });

export const dataNotFoldable = (what: string): CortexError =>
  inputError('data-not-foldable', {
    happened: `"split.folds" is above 1 in cortex.json, but loadData returns ${what}.`,
    expected:
      'rows that Cortex may deal out: { inputs, targets }, or { train, test } without a ' +
      'validation part.',
    remedy: 'Return the rows without a validation part, or take "folds" out of cortex.json.',
  });

export const dataNotPreprocessable = (option: string): CortexError =>
  inputError('data-not-preprocessable', {
    happened: `preprocessing.${option} is on, but the data comes as tf.data datasets.`,
    expected: 'arrays, on which it can be fitted.',
    remedy: `Turn ${option} off in cortex.json and do it inside the datasets.`,
  });

export const metricModuleFailed = (path: string, cause: unknown): CortexError =>
  inputError('metrics-module-failed', {
    happened: `${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    expected: 'a module that exports functions (predictions, targets) => number.',
    remedy: 'Correct it, or take its metrics out of cortex.json.',
    cause,
  });

export const metricUnknown = (metric: string, keys: readonly string[]): CortexError =>
  inputError('objective-unknown-metric', {
    happened: `The objective's metric "${metric}" is not among the training logs.`,
    expected: `one of: ${keys.join(', ')}.`,
    remedy: 'Change "objective.metric" in cortex.json.',
  });
