import { dataNotANumber, dataUnknownClass, dataWrongForm } from './errors.ts';
import { describe, toDense } from './dense.ts';
import { classTargets, isOneHot, type ReadOutput } from './classTargets.ts';
import { partsOf, sideBySide } from './sideBySide.ts';
import { sizeOf, targetWidth, type Dense, type Targets, type Task } from './types.ts';

/** What is said about the targets beside them; by output where there are several. */
export interface SaidOfTargets {
  readonly task: (output: string | number) => Task | null;
  /** How many classes there are, where not all of them occur. */
  readonly classes: number | null;
}

const MOST_GUESSED_CLASSES = 100;

/**
 * Reads targets. `task` decides where given; else texts and booleans, one-hot rows, and whole
 * numbers 0 … k−1 that repeat are classes, rows of 0 and 1 are labels that may hold together, and
 * everything else is regression.
 */
export function readTargets(value: unknown, said: SaidOfTargets, name = 'targets'): Targets {
  const parts = partsOf(value) ?? [[null, value] as const];
  const read = parts.map(([key, part], index) => ({
    ...readOutput(part, {
      name: parts.length === 1 ? name : `${name}.${key ?? index}`,
      task: said.task(key ?? index),
      classes: said.classes,
    }),
    key,
  }));
  const { values, rows } = sideBySide(
    read.map(({ values, rows, output }) => ({ values, rows, shape: [output.width] })),
    'targets',
  );
  return { values, rows, outputs: read.map(({ key, output }) => ({ ...output, name: key })) };
}

interface Asked {
  readonly name: string;
  readonly task: Task | null;
  readonly classes: number | null;
}

function readOutput(value: unknown, { name, task, classes }: Asked): ReadOutput {
  const names = task === 'regression' || task === 'multi-label' ? null : classNames(value);
  if (names) return fromNames(names);
  const dense = toDense(value, name);
  const known = task ?? guessTask(dense);
  if (known !== 'classification') return numbersOf(dense, known);
  const isOne = sizeOf(dense.shape) === 1 && classes === null;
  return isOne
    ? fromNames(Array.from(dense.values, String))
    : classTargets(dense, { name, classes });
}

/** Numbers to be predicted, each for itself: a list, an image, a sequence; or labels of 0 and 1. */
export function numbersOf({ values, shape, rows }: Dense, task: Task): ReadOutput {
  const own = shape.length > 0 ? shape : [1];
  const units = sizeOf(own);
  return { values, rows, output: { name: null, task, shape: own, units, width: units } };
}

/** Classes from one name a row, in numeric order where all are numbers, else alphabetically. */
export function fromNames(names: readonly string[]): ReadOutput {
  const distinct = [...new Set(names)];
  const numeric = distinct.every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  const classes = distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const place = new Map(classes.map((name, index) => [name, index]));
  const units = classes.length;
  return {
    values: Float32Array.from(names, (name) => place.get(name) ?? 0),
    rows: names.length,
    output: { name: null, task: 'classification', shape: [units], units, width: 1, classes },
  };
}

/** The same labels numbered by other classes: those of the training part. */
export function renumber(targets: Targets, reference: Targets, part: string): Float32Array {
  const all = targetWidth(targets.outputs);
  const values = targets.values.slice();
  let from = 0;
  for (const [index, { classes, width }] of targets.outputs.entries()) {
    const known = reference.outputs[index]?.classes;
    for (let at = from; classes && known && at < values.length; at += all)
      for (let step = at; step < at + width; step += 1)
        values[step] = placeAmong(known, classes[values[step] ?? 0] ?? '', part);
    from += width;
  }
  return values;
}

function placeAmong(known: readonly string[], name: string, part: string): number {
  const place = known.indexOf(name);
  if (place < 0) throw dataUnknownClass(name, part);
  return place;
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
  const { shape, rows } = dense;
  const isList = shape.length === 1;
  if (rows > 0 && isOneHot(dense) && (isList || (shape.at(-1) ?? 0) > 2)) return 'classification';
  if (isList && sizeOf(shape) > 1) return areLabels(dense) ? 'multi-label' : 'regression';
  return sizeOf(shape) === 1 && rows > 0 ? guessOfOne(dense) : 'regression';
}

/** Whole numbers 0 … k−1 that repeat are classes. */
function guessOfOne({ values, rows }: Dense): Task {
  const distinct = new Set(values);
  const counted = [...Array(distinct.size).keys()].every((value) => distinct.has(value));
  return counted && distinct.size <= Math.min(MOST_GUESSED_CLASSES, rows / 2)
    ? 'classification'
    : 'regression';
}

const areLabels = ({ values }: Dense): boolean =>
  values.every((value) => value === 0 || value === 1) && values.includes(1);
