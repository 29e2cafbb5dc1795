import { parse } from 'csv-parse/sync';
import { separatorOf } from '../../../../util/separator.ts';
import { dataEmpty, dataMalformedCsv } from '../errors.ts';
import type { Grid } from './grid.ts';

/** A CSV table with a line of headings: cells may be quoted, and hold separators and line ends. */
export function csvGrid(path: string, text: string, separator: string | undefined): Grid {
  const delimiter = separator ?? separatorOf(text);
  const [columns, ...rows] = recordsIn(path, text, delimiter);
  if (!columns) throw dataEmpty(path);
  const place = (row: number): string => `row ${row + 1} (line ${lineOf(text, delimiter, row)})`;
  return { path, columns, rows, place };
}

function recordsIn(path: string, text: string, delimiter: string): readonly string[][] {
  try {
    return parse(text, { ...HOW, delimiter });
  } catch (error) {
    throw dataMalformedCsv(path, error);
  }
}

const HOW = { bom: true, trim: true, skip_empty_lines: true } as const;

/** The line of the file a row ends in: headings are one row, and quoted cells may hold several. */
function lineOf(text: string, delimiter: string, row: number): number {
  const records = parse(text, { ...HOW, delimiter, info: true, to: row + 2 }) as unknown as {
    readonly info: { readonly lines: number };
  }[];
  return records.at(-1)?.info.lines ?? row + 2;
}
