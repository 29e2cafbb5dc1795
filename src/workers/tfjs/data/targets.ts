import { dataNotANumber, dataUnknownClass, dataWrongForm } from './errors.ts';
import { describe, toDense } from './dense.ts';
import type { Dense, Targets, Task } from './types.ts';

const MOST_GUESSED_CLASSES = 100;

/**
 * Reads targets. `task` decides where given; else texts and booleans, one-hot rows, and whole
 * numbers 0 … k−1 that repeat are classes, and everything else is regression.
 */
export function readTargets(value: unknown, task: Task | null): Targets {
  const names = task === 'regression' ? null : classNames(value);
  if (names) return fromNames(names);
  const dense = toDense(value, 'targets');
  if (dense.shape.length > 1) return ofShape(dense, task);
  return (task ?? guessTask(dense)) === 'classification'
    ? fromNumbers(dense)
    : { task: 'regression', values: dense.values, units: dense.shape[0] ?? 1 };
}

/** Images, sequences: numbers to be predicted, each for itself. */
function ofShape({ values, shape, rows }: Dense, task: Task | null): Targets {
  if (task === 'classification')
    throw dataWrongForm('targets', `of shape [${[rows, ...shape].join(', ')}], not a class a row`);
  const units = shape.reduce((product, axis) => product * axis, 1);
  return { task: 'regression', values, units, shape };
}

/** Classes from one name a row, in numeric order where all are numbers, else alphabetically. */
export function fromNames(names: readonly string[]): Targets {
  const distinct = [...new Set(names)];
  const numeric = distinct.every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  const classes = distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const place = new Map(classes.map((name, index) => [name, index]));
  return {
    task: 'classification',
    labels: Float32Array.from(names, (name) => place.get(name) ?? 0),
    classes,
  };
}

/** The same labels numbered by other classes: those of the training part. */
export function renumber(
  targets: Extract<Targets, { task: 'classification' }>,
  classes: readonly string[],
  part: string,
): Float32Array {
  const place = new Map(classes.map((name, index) => [name, index]));
  return targets.labels.map((label) => {
    const name = targets.classes[label] ?? String(label);
    const known = place.get(name);
    if (known === undefined) throw dataUnknownClass(name, part);
    return known;
  });
}

function classNames(value: unknown): readonly string[] | null {
  if (
    !Array.isArray(value) ||
    !value.some((item) => typeof item === 'string' || typeof item === 'boolean')
  )
    return null;
  return value.map((item: unknown, row) => {
    if (item === null || item === undefined || item === '')
      throw dataNotANumber(`targets[${row}]`, 'empty');
    if (typeof item === 'object') throw dataWrongForm(`targets[${row}]`, describe(item));
    return String(item);
  });
}

function guessTask(dense: Dense): Task {
  if (isOneHot(dense)) return 'classification';
  if ((dense.shape[0] ?? 1) !== 1 || dense.rows === 0) return 'regression';
  const distinct = new Set(dense.values);
  const counted = [...Array(distinct.size).keys()].every((value) => distinct.has(value));
  return counted && distinct.size <= Math.min(MOST_GUESSED_CLASSES, dense.rows / 2)
    ? 'classification'
    : 'regression';
}

function isOneHot({ values, shape, rows }: Dense): boolean {
  const width = shape[0] ?? 1;
  if (width < 2 || rows === 0) return false;
  return Array.from({ length: rows }, (_, row) =>
    values.subarray(row * width, (row + 1) * width),
  ).every(
    (row) =>
      row.every((value) => value === 0 || value === 1) &&
      row.reduce((sum, value) => sum + value, 0) === 1,
  );
}

function fromNumbers(dense: Dense): Targets {
  const width = dense.shape[0] ?? 1;
  if (width === 1) return fromNames(Array.from(dense.values, String));
  if (!isOneHot(dense))
    throw dataWrongForm('targets', `of ${width} numbers a row that are not one-hot`);
  const labels = Float32Array.from({ length: dense.rows }, (_, row) =>
    dense.values.subarray(row * width, (row + 1) * width).indexOf(1),
  );
  return {
    task: 'classification',
    labels,
    classes: Array.from({ length: width }, (_, index) => String(index)),
  };
}
