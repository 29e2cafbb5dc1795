import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import {
  dataEmpty,
  dataFileMissing,
  dataMalformedCsv,
  dataMissingColumn,
  dataNotANumber,
  dataWrongShape,
} from './errors.ts';
import { fromNames } from './targets.ts';
import { numbersOf } from './targets.ts';
import type { Dense, Table, Targets, Task } from './types.ts';

/** The `data` of a study file that names a CSV table; `csv` is absolute here. */
interface CsvSource {
  readonly csv: string;
  readonly target: string;
  readonly task: Task;
  readonly inputShape?: readonly number[] | undefined;
}

/**
 * Reads a table with a header line: one target column, every other column a number. Separator:
 * comma, semicolon or tab.
 */
export async function readCsvTable(source: CsvSource): Promise<Table> {
  const [header, ...records] = parseRecords(source.csv, await readText(source.csv));
  if (!header || records.length === 0) throw dataEmpty(source.csv);
  const target = header.indexOf(source.target);
  if (target < 0) throw dataMissingColumn(source.csv, source.target, header);
  const cells = new Cells(source.csv, header);
  const features = [...header.keys()].filter((column) => column !== target);
  const values = new Float32Array(records.length * features.length);
  records.forEach((record, row) => {
    features.forEach((column, place) => {
      values[row * features.length + place] = cells.number(record, row, column);
    });
  });
  const shape = shapeFor(source, features.length);
  return {
    inputs: { values, rows: records.length, shape },
    layout: [{ name: null, shape }],
    targets: cells.targets(records, target, source.task),
    weights: null,
  };
}

/**
 * Names cells in errors as people find them: line in the file (the header is line 1) and column.
 */
class Cells {
  readonly #path: string;
  readonly #header: readonly string[];

  constructor(path: string, header: readonly string[]) {
    this.#path = path;
    this.#header = header;
  }

  number(record: readonly string[], row: number, column: number): number {
    const text = record[column] ?? '';
    const value = text === '' ? NaN : Number(text);
    if (!Number.isFinite(value))
      throw dataNotANumber(this.#where(row, column), text === '' ? 'empty' : `"${text}"`);
    return value;
  }

  targets(records: readonly (readonly string[])[], column: number, task: Task): Targets {
    const { values, rows, output } =
      task === 'classification'
        ? fromNames(records.map((record, row) => record[column] || this.#missing(row, column)))
        : numbersOf(this.#numbers(records, column), task);
    return { values, rows, outputs: [output] };
  }

  #numbers(records: readonly (readonly string[])[], column: number): Dense {
    const values = Float32Array.from(records, (record, row) => this.number(record, row, column));
    return { values, rows: records.length, shape: [] };
  }

  #missing(row: number, column: number): never {
    throw dataNotANumber(this.#where(row, column), 'empty');
  }

  #where(row: number, column: number): string {
    return (
      `${this.#path}: row ${row + 1} (line ${row + 2}), column ` +
      `"${this.#header[column] ?? column}"`
    );
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw dataFileMissing(path);
    throw error;
  }
}

function parseRecords(path: string, text: string): readonly string[][] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      delimiter: separatorOf(text),
    });
  } catch (error) {
    throw dataMalformedCsv(path, error);
  }
}

function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const count = (separator: string): number => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function shapeFor(source: CsvSource, columns: number): readonly number[] {
  const shape = source.inputShape ?? [columns];
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (size === columns) return shape;
  throw dataWrongShape(
    `data.inputShape [${shape.join(', ')}] holds ${size} numbers; ${source.csv} has ` +
      `${columns} columns beside the target.`,
    `a shape of ${columns} numbers.`,
  );
}
