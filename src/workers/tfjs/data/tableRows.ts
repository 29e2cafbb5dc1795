import { dataWrongShape } from './errors.ts';
import { renumber } from './targets.ts';
import { inputWidth, targetWidth, type Part, type Table } from './types.ts';

/** Rows of a table as plain numbers. */
export function pick({ inputs, layout, targets, weights }: Table, rows: readonly number[]): Part {
  return {
    rows: rows.length,
    inputs: gather(inputs.values, rows, inputWidth(layout)),
    targets: gather(targets.values, rows, targetWidth(targets.outputs)),
    weights: weights && gather(weights, rows, 1),
  };
}

/** Rows of a table as a table. */
export function tableOfRows(table: Table, rows: readonly number[]): Table {
  const { inputs, targets, weights } = pick(table, rows);
  return {
    inputs: { values: inputs, rows: rows.length, shape: table.inputs.shape },
    layout: table.layout,
    targets: { ...table.targets, values: targets, rows: rows.length },
    weights,
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
export function whole({ inputs, targets, weights }: Table, reference: Table, part: string): Part {
  const tasks = (table: Table): string => table.targets.outputs.map(({ task }) => task).join(', ');
  if (targets.outputs.map(({ task }) => task).join(', ') !== tasks(reference))
    throw dataWrongShape(
      `The ${part} part holds ${targets.outputs.map(({ task }) => task).join(', ')} targets, the ` +
        `training part ${tasks(reference)}.`,
      'the same kind of target in each part.',
    );
  return {
    rows: inputs.rows,
    inputs: inputs.values,
    targets: renumber(targets, reference.targets, part),
    weights,
  };
}
