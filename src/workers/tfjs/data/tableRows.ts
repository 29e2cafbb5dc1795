import { dataWrongShape } from './errors.ts';
import { renumber } from './targets.ts';
import type { Part, Table, Targets } from './types.ts';

const targetValues = (targets: Targets): Float32Array =>
  targets.task === 'classification' ? targets.labels : targets.values;

/** Rows of a table as plain numbers. */
export function pick({ inputs, targets }: Table, rows: readonly number[]): Part {
  const width = inputs.shape.reduce((product, axis) => product * axis, 1);
  return {
    rows: rows.length,
    inputs: gather(inputs.values, rows, width),
    targets: gather(
      targetValues(targets),
      rows,
      targets.task === 'classification' ? 1 : targets.units,
    ),
  };
}

/** Rows of a table as a table. */
export function tableOfRows(table: Table, rows: readonly number[]): Table {
  const { inputs, targets } = pick(table, rows);
  return {
    inputs: { values: inputs, rows: rows.length, shape: table.inputs.shape },
    targets:
      table.targets.task === 'classification'
        ? { ...table.targets, labels: targets }
        : { ...table.targets, values: targets },
  };
}

function gather(values: Float32Array, rows: readonly number[], width: number): Float32Array {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, place) =>
    picked.set(values.subarray(row * width, (row + 1) * width), place * width),
  );
  return picked;
}

/** All rows of a table; its classes are numbered as in `reference`. */
export function whole(table: Table, reference: Targets, part: string): Part {
  const { inputs, targets } = table;
  if (targets.task !== reference.task)
    throw dataWrongShape(
      `The ${part} part holds ${targets.task} targets, the training part ${reference.task}.`,
      'the same kind of target in each part.',
    );
  const values =
    targets.task === 'classification' && reference.task === 'classification'
      ? renumber(targets, reference.classes, part)
      : targetValues(targets);
  return { rows: inputs.rows, inputs: inputs.values, targets: values };
}
