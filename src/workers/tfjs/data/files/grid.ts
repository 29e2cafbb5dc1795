import { dataEmpty, dataMissingColumn, dataNotANumber, dataWrongShape } from '../errors.ts';
import { describe, toDense } from '../dense.ts';
import { sideBySide } from '../sideBySide.ts';
import { fromNames, numbersOf, readTargets } from '../targets.ts';
import { sizeOf, type Dense, type Table, type Targets, type Task } from '../types.ts';

/** A table as it stands in a file: cells are texts, numbers, booleans, lists of numbers or none. */
export interface Grid {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** How people find a row: `row 3 (line 4)`; rows count from 0 here. */
  readonly place: (row: number) => string;
}

/** A grid of records: the first names the columns, and a key that a later one lacks is empty. */
export function gridOfRecords(
  path: string,
  records: readonly Readonly<Record<string, unknown>>[],
  place: Grid['place'],
): Grid {
  const [first] = records;
  if (!first) throw dataEmpty(path);
  const columns = Object.keys(first);
  return {
    path,
    columns,
    rows: records.map((record) => columns.map((column) => record[column])),
    place,
  };
}

/** What of a grid is to be predicted. */
interface Asked {
  readonly target: string;
  readonly task: Task;
  readonly inputShape?: readonly number[] | undefined;
}

/** One target column; every other one a number or a list of numbers, side by side. */
export function tableOfGrid(grid: Grid, { target, task, inputShape }: Asked): Table {
  if (grid.rows.length === 0) throw dataEmpty(grid.path);
  const at = grid.columns.indexOf(target);
  if (at < 0) throw dataMissingColumn(grid.path, target, grid.columns);
  const features = [...grid.columns.keys()].filter((column) => column !== at);
  const read = features.map((column) => numbersIn(grid, column, [1]));
  const { values, shape: own } = sideBySide(read, 'columns');
  const shape = shapeFor(grid.path, own, inputShape);
  return {
    inputs: { values, rows: grid.rows.length, shape },
    layout: [{ name: null, shape }],
    targets: targetsIn(grid, at, task),
    weights: null,
  };
}

function targetsIn(grid: Grid, column: number, task: Task): Targets {
  const cells = grid.rows.map((row) => row[column]);
  if (isList(cells[0])) return readTargets(cells, { task: () => task, classes: null });
  const { values, rows, output } =
    task === 'classification'
      ? fromNames(cells.map((cell, row) => nameOf(cell) ?? missing(grid, row, column)))
      : numbersOf(numbersIn(grid, column, []), task);
  return { values, rows, outputs: [output] };
}

/** A column of numbers, `shape` being that of one of them, or of lists as they are. */
function numbersIn(grid: Grid, column: number, shape: readonly number[]): Dense {
  const cells = grid.rows.map((row) => row[column]);
  if (isList(cells[0])) return toDense(cells, `${grid.path}: "${grid.columns[column] ?? column}"`);
  const values = Float32Array.from(cells, (cell, row) => {
    const value = numberOf(cell);
    if (value === null) throw dataNotANumber(whereIn(grid, row, column), wordOf(cell));
    return value;
  });
  return { values, rows: cells.length, shape };
}

function numberOf(cell: unknown): number | null {
  if (cell === '' || cell === null || cell === undefined || typeof cell === 'object') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

const isEmpty = (cell: unknown): boolean => cell === '' || cell === null || cell === undefined;

const nameOf = (cell: unknown): string | null =>
  isEmpty(cell) || typeof cell === 'object' ? null : String(cell);

function wordOf(cell: unknown): string {
  if (isEmpty(cell)) return 'empty';
  return typeof cell === 'string' ? `"${cell}"` : describe(cell);
}

const isList = (cell: unknown): boolean =>
  Array.isArray(cell) || (ArrayBuffer.isView(cell) && !(cell instanceof DataView));

function missing(grid: Grid, row: number, column: number): never {
  throw dataNotANumber(whereIn(grid, row, column), wordOf(grid.rows[row]?.[column]));
}

const whereIn = ({ path, columns, place }: Grid, row: number, column: number): string =>
  `${path}: ${place(row)}, column "${columns[column] ?? column}"`;

/** The shape the study states, where it holds as many numbers; else the columns' own. */
export function shapeFor(
  path: string,
  own: readonly number[],
  stated: readonly number[] | undefined,
): readonly number[] {
  if (!stated || sizeOf(stated) === sizeOf(own)) return stated ?? own;
  throw dataWrongShape(
    `data.inputShape [${stated.join(', ')}] holds ${sizeOf(stated)} numbers; ${path} has ` +
      `${sizeOf(own)} columns beside the target.`,
    `a shape of ${sizeOf(own)} numbers.`,
  );
}
